// The states a screen can be in besides ready: empty, partial, refused, stale, lost, locked; and the keys.
import { expect, test } from "./fixtures.ts";
import { accessible } from "./inspect.ts";

test("with nothing there each screen says what to do", async ({ page, scene }) => {
  await page.goto((await scene("empty")).url);
  await expect(page.getByRole("heading", { name: "No Python process is running" })).toBeVisible();
  await page.getByRole("link", { name: "Live" }).click();
  await expect(page.getByRole("heading", { name: "Three ways to start" })).toBeVisible();
  await page.getByRole("link", { name: "Recordings" }).click();
  await expect(page.getByRole("heading", { name: "No recordings yet" })).toBeVisible();
});

test("the picker says in words who cannot be recorded, has workers below their master, and keeps one’s own", async ({
  page,
  scene,
}) => {
  await page.goto((await scene("usual")).url);
  const table = page.getByRole("table", { name: "Processes" });
  await expect(table.getByRole("row", { name: /41277/ })).toContainText("└ 41277");
  await expect(table.getByRole("row", { name: /41270/ })).toContainText("gunicorn: master +2");
  await expect(table.getByRole("row", { name: /881/ })).toContainText("✕ belongs to root");
  await expect(table.getByRole("row", { name: /52010/ })).toContainText("✕ free-threaded build");
  await expect(table.getByRole("row", { name: /52144/ })).toContainText("17 h 29 min");
  await page.getByRole("button", { name: "My processes" }).click();
  await expect(page).toHaveURL(/filter=mine%3Ayes/);
  await expect(table.getByRole("row", { name: /881/ })).toHaveCount(0);
  await expect(table.getByRole("row", { name: /52144/ })).toBeVisible();
});

test("a refused attempt shows its step, its cause and each fix with what it weakens", async ({
  page,
  scene,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto((await scene("denied")).url);
  await page.getByRole("button", { name: "41277" }).click();
  await page.getByRole("button", { name: "Record" }).click();
  await expect(page.getByRole("heading", { name: "Could not attach to process 41277" })).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("kernel.yama.ptrace_scope is 1");
  await expect(page.getByRole("alert")).toContainText("ptrace-denied");
  const ways = page.getByRole("alert").getByRole("listitem");
  await expect(ways).toHaveText([
    /refscope run -- PROGRAM.*Weakens nothing/,
    /setpriv/,
    /sudo refscope/,
    /the whole machine/,
  ]);
  await ways.last().getByRole("button", { name: "Copy" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe("echo 0 | sudo tee /proc/sys/kernel/yama/ptrace_scope");
});

test("an attempt says how long each step took, and is cancelled at any of them", async ({ page, scene }) => {
  await page.goto((await scene("attaching")).url);
  await page.getByRole("button", { name: "41277" }).click();
  await page.getByRole("button", { name: "Record" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Start Frida" })).toContainText("done, 412 ms");
  await expect(page.getByRole("listitem").filter({ hasText: "Load the agent" })).toContainText("under way, 1.3 s");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("then what was done is taken back")).toBeVisible();
});

test("a recording whose target was killed says so and keeps its figures", async ({ page, scene }) => {
  await page.goto((await scene("ended")).url);
  await page.getByRole("link", { name: "What grows" }).click();
  await expect(page.locator(".note", { hasText: "killed by signal 9" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Sites" })).toBeVisible();
});

test("a file that cannot be read is told by its code, a recovered one by what it lacks", async ({ page, scene }) => {
  await page.goto((await scene("usual")).url);
  await page.getByRole("link", { name: "Recordings" }).click();
  await page.getByRole("link", { name: "damaged" }).click();
  await expect(page.getByRole("alert")).toContainText("bad-recording");
  await page.goBack();
  await page.getByRole("link", { name: "night" }).click();
  await expect(page.getByText("Everything up to the last batch is here")).toBeVisible();
});

test("a lost engine keeps the picture; when it is back the page goes on", async ({ page, scene }) => {
  const door = await scene("usual");
  await page.goto(door.url);
  await page.getByRole("link", { name: "What grows" }).click();
  await expect(page.getByRole("table", { name: "Sites" })).toBeVisible();
  door.child.kill();
  await expect(page.getByText("Connection to the engine lost")).toBeVisible();
  await accessible(page, "lost");
  await expect(page.getByRole("table", { name: "Sites" })).toBeVisible();
  const again = await scene("usual", Number(new URL(door.url).port));
  await expect(page.getByRole("heading", { name: "This browser is not signed in" })).toBeVisible();
  await accessible(page, "locked");
  await page.goto(again.url);
  await expect(page.getByRole("contentinfo")).toContainText("engine connected");
});

test("the link leaves the address bar and works once; a fresh one is taken in the same tab", async ({
  page,
  scene,
  browser,
}) => {
  const door = await scene("usual");
  await page.goto(door.url);
  await expect(page).toHaveURL(/#\/processes$/);
  const other = await (await browser.newContext()).newPage();
  await other.goto(door.url);
  await expect(other.getByRole("heading", { name: "This browser is not signed in" })).toBeVisible();
  const fresh = new Promise<string>((done) => door.child.stdout?.once("data", (text) => done(String(text).trim())));
  door.child.stdin?.write("\n");
  await other.goto(await fresh);
  await expect(other.getByRole("table", { name: "Processes" })).toBeVisible();
  expect(await page.evaluate(() => document.cookie)).toBe("");
});

test("everything is reached with the keyboard", async ({ page, scene }) => {
  await page.goto((await scene("usual")).url);
  await page.getByRole("table").waitFor();
  for (const [letter, heading] of [
    ["s", /^Two leaks: str/],
    ["w", /grows by/],
    ["h", /objects at/],
    ["y", /Why is an object alive/],
    ["f", /comes through/],
    ["g", /^Convoy/],
    ["e", /nobody has seen/],
    ["x", /keeps a reference to a str at every call/],
    ["o", /more than it gave back/],
    ["r", /recordings/],
    ["c", /Compare two/],
    ["l", /live objects grows/],
    ["p", /Python processes/],
  ] as const) {
    await page.keyboard.press("g");
    await page.keyboard.press(letter);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  }
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "41277" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("button", { name: "41278" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Checks of process 41278" })).toBeVisible();
});

test("at any width nothing of the frame lies over something else, or is cut", async ({ page, scene }) => {
  await page.goto((await scene("usual")).url);
  await page.getByRole("table", { name: "Processes" }).waitFor();
  await page.keyboard.press("m");
  await expect(page.getByRole("banner").getByText(/^Mark/).first()).toBeVisible();
  for (const width of [320, 400, 560, 720, 721, 800, 906, 1024, 1120, 1280, 1400]) {
    await page.setViewportSize({ width, height: 800 });
    for (const part of ["banner", "contentinfo"] as const)
      expect(await page.getByRole(part).evaluate(troubleIn), `${part} at ${width}`).toEqual([]);
    const card = page.locator(".card.table");
    if (width > 800) expect(await card.evaluate((it) => it.scrollWidth - it.clientWidth), `table at ${width}`).toBe(0);
  }
});

test("errors are grouped by type and by place, and filtered", async ({ page, scene }) => {
  await page.goto((await scene("usual")).url);
  await page.getByRole("link", { name: "Errors" }).click();
  const types = page.getByRole("table", { name: "Errors by type" });
  await expect(types.getByRole("row", { name: /KeyError/ })).toContainText("and 1 other place");
  await types.getByRole("button", { name: "KeyError" }).click();
  await expect(page.getByRole("region", { name: "Places" })).toContainText("parse_header");
  await page.getByRole("button", { name: "By place" }).click();
  await page.getByRole("searchbox").fill("timed out");
  const places = page.getByRole("table", { name: "Errors by place" });
  await expect(places.getByRole("row")).toHaveCount(2);
  await places.getByRole("button", { name: "TimeoutError" }).click();
  await expect(page.getByRole("region", { name: "Stack" })).toContainText("rates.py:77");
  await page.getByRole("searchbox").fill("nothing such");
  await expect(page.getByRole("heading", { name: "No error matches the filter" })).toBeVisible();
});

test("a finding shows its rule and where CPython states it; functions are filtered", async ({ page, scene }) => {
  await page.goto((await scene("usual")).url);
  await page.getByRole("link", { name: "Extensions" }).click();
  const findings = page.getByRole("table", { name: "Findings" });
  await expect(findings).toContainText("keeps a new reference that it neither returns nor releases");
  await expect(findings.getByRole("link", { name: /Ownership Rules/ })).toHaveAttribute("href", /docs\.python\.org/);
  await findings.getByRole("button", { name: "called-with-error" }).click();
  await expect(page.getByRole("region", { name: "Calls in C" })).toContainText("objToJSON.c:301");
  await page.getByRole("searchbox", { name: "Filter functions" }).fill("loads");
  await expect(page.getByRole("table", { name: "Functions of ujson" }).getByRole("row")).toHaveCount(2);
  await expect(page.getByText("Entry points were missed")).toBeVisible();
});

test("what was not given back is told by a word, and shown alone", async ({ page, scene }) => {
  await page.goto((await scene("usual")).url);
  await page.getByRole("link", { name: "Object" }).click();
  const changes = page.getByRole("table", { name: "Changes" });
  await expect(page.getByText("The newest 1,800")).toHaveCount(0);
  await expect(changes.getByText("▲ not given back").first()).toBeVisible();
  await page.getByRole("button", { name: "Not given back" }).click();
  await expect(page.getByText("First 100 of 200")).toBeVisible();
  await expect(changes.getByRole("row").nth(1)).toContainText("leaky.c:18");
  await page.reload();
  await expect(page).toHaveURL(/changes=kept/);
  await page.getByRole("button", { name: /shop\.models\.Order/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/has not changed yet/);
});

test("Live tells what is alive, what else was collected, and leads on; what is not known says why", async ({
  page,
  scene,
}) => {
  await page.goto((await scene("usual")).url);
  await page.getByRole("link", { name: "Live" }).click();
  const flow = page.getByRole("figure", { name: /^Allocated and freed/ });
  const said = Number((await flow.getByText(/ allocated, /).textContent())?.match(/^[\d,]+/)?.[0].replaceAll(",", ""));
  await flow.getByText("Show as table").click();
  const cells = await flow.getByRole("row").locator("td:nth-child(3)").allTextContents();
  expect(cells.reduce((sum, cell) => sum + Number(cell.replaceAll(",", "")), 0)).toBe(said);
  for (const [card, value] of [
    ["Resident memory (RSS)", "230 MiB"],
    ["Errors", /\/s/],
    ["Waiting for the GIL", "57"],
  ] as const)
    await expect(page.locator(".stat", { hasText: card })).toContainText(value);
  await page.getByRole("table", { name: "Types that grow most" }).getByRole("link", { name: "dict" }).click();
  await expect(page.getByRole("searchbox")).toHaveValue('type="dict"');
  await expect(page.getByRole("table", { name: "Sites" }).getByRole("row")).toHaveCount(2);
  await page.goto((await scene("uncollected")).url);
  await page.getByRole("link", { name: "Live" }).click();
  await expect(page.locator(".stat", { hasText: "Errors" })).toContainText("—not collected");
  await expect(page.getByRole("figure", { name: "Waiting for the GIL" })).toHaveCount(0);
  await page.goto((await scene("narrow")).url);
  await page.getByRole("link", { name: "Live" }).click();
  await expect(page.getByText("The disk is nearly full")).toBeVisible();
  await expect(page.getByText("The largest size is reached")).toBeVisible();
});

test("Space freezes whatever screen is shown, and lets it go on; the recording does", async ({ page, scene }) => {
  await page.goto((await scene("usual")).url);
  const banner = page.getByRole("banner");
  const clock = banner.getByText(/recording \d/);
  for (const [link, moving] of [
    ["Live", page.locator(".screen p.quiet").first()],
    ["What grows", page.getByRole("table", { name: "Sites" })],
  ] as const) {
    await page.getByRole("navigation").getByRole("link", { name: link }).click();
    await moving.waitFor();
    await expect(banner.getByRole("button", { name: "Freeze" })).toBeVisible();
    await page.keyboard.press("Space");
    await expect(page.getByText(/^Frozen at 04:/)).toBeVisible();
    const held = await moving.textContent();
    const before = await clock.textContent();
    await expect(clock).not.toHaveText(before ?? "");
    await page.waitForTimeout(1200);
    expect(await moving.textContent()).toBe(held);
    await page.keyboard.press("Space");
    await expect(moving).not.toHaveText(held ?? "");
  }
  await banner.getByRole("button", { name: "Freeze" }).click();
  await page.getByRole("link", { name: "Errors" }).click();
  await expect(page.getByRole("table", { name: "Errors by type" })).toBeVisible();
  await expect(page.getByText(/^Frozen at/)).toHaveCount(0);
});

/** Runs in the page: what of an element's innermost parts lies over another, is cut, or leaves the window. */
function troubleIn(whole: Element): readonly string[] {
  const inner = [...whole.querySelectorAll<HTMLElement>("*")].filter(
    (part) => part.textContent && ![...part.children].some((child) => child.textContent) && part.checkVisibility(),
  );
  const boxes = inner.map((part) => ({ text: part.textContent, part, box: part.getBoundingClientRect() }));
  const outer = whole.getBoundingClientRect();
  return boxes.flatMap(({ text, part, box }, at) => [
    ...boxes
      .slice(at + 1)
      .filter(({ box: other, part: it }) => {
        const width = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const height = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        return width > 1 && height > 1 && !part.contains(it);
      })
      .map((other) => `${text} over ${other.text}`),
    ...(box.left < -1 || box.right > innerWidth + 1 || box.top < outer.top - 1 || box.bottom > outer.bottom + 1
      ? [`${text} is cut`]
      : []),
    ...(part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0 && !part.title ? [`${text} is too long`] : []),
  ]);
}
