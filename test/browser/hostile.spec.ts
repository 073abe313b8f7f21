// Names made to run, to hide or to fill the screen, in every place a name can stand. Out: they are text.
import { expect, test } from "./fixtures.ts";
import { visit, visits } from "./screens.ts";

test("a hostile name is text on every screen", async ({ page, scene, trouble }) => {
  await page.goto((await scene("hostile")).url);
  for (const screen of visits) {
    await visit(page, screen);
    const found = await page.evaluate(() => ({
      hacked: Reflect.has(window, "hacked"),
      foreign: document.querySelectorAll("img, iframe, object, a[href^=javascript], main script").length,
      raw: [0x202e, 0x1b, 0].some((letter) => document.body.innerText.includes(String.fromCodePoint(letter))),
    }));
    expect(found, screen.name).toEqual({ hacked: false, foreign: 0, raw: false });
  }
  await expect(page.getByText("⟨U+202E⟩").first()).toBeVisible();
  expect(trouble).toEqual([]);
});
