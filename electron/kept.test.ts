// In: what stood in the file of the last start. Out: what of it counts; words of a start, and what they name; the rows of the menu.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { wantedBy } from "./arguments.ts";
import { parseRemoteLink } from "./engine/remote-link.ts";
import { Keeper, placeFor } from "./kept.ts";
import { menuRows } from "./menu.ts";

const folder = mkdtempSync(join(tmpdir(), "refscope-kept-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("what is kept comes back, for the owner only", () => {
  const path = join(folder, "new/desktop.json");
  const first = new Keeper(path);
  first.change({ theme: "dark", bounds: { x: 1, y: 2, width: 900, height: 700 } });
  for (const name of ["a", "b", "a"]) first.addRecent(name);
  expect(new Keeper(path).kept).toMatchObject({ theme: "dark", recent: ["a", "b"] });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("a file that says something else is forgotten", () => {
  const path = join(folder, "broken.json");
  for (const text of ["", "{", "null", '{"version":2}', '{"version":1,"theme":"blue"}']) {
    writeFileSync(path, text);
    expect(new Keeper(path).kept).toMatchObject({ theme: "system", recent: [] });
    expect(readFileSync(path, "utf8")).toBe(text);
  }
});

test("the ten newest recordings are kept", () => {
  const keeper = new Keeper(join(folder, "many.json"));
  for (let at = 0; at < 14; at++) keeper.addRecent(`${at}`);
  expect(keeper.kept.recent).toEqual(["13", "12", "11", "10", "9", "8", "7", "6", "5", "4"]);
});

test("a window comes back where it was, unless that screen is gone", () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  const at = { x: 100, y: 50, width: 1000, height: 800 };
  expect(placeFor(at, screens)).toEqual(at);
  expect(placeFor({ ...at, x: 4000 }, screens)).toEqual({ width: 1000, height: 800 });
  expect(placeFor({ ...at, y: -500 }, screens)).toEqual({ width: 1000, height: 800 });
  expect(placeFor({ ...at, width: 10, height: 10 }, screens)).toMatchObject({ width: 640, height: 480 });
  expect(placeFor(null, screens)).toEqual({ width: 1280, height: 860 });
});

test("words of a start are data", () => {
  const link = `http://127.0.0.1:8000/#token=${"A".repeat(43)}`;
  expect(wantedBy(["--no-sandbox", "runs/a.refscope"], "/data")).toEqual({ recording: "/data/runs/a.refscope" });
  expect(wantedBy([`--connect=${link}`], "/data")).toEqual({ connect: link });
  expect(wantedBy(["a.REFSCOPE"], "/data")).toEqual({ recording: "/data/a.REFSCOPE" });
  expect(wantedBy(["--flag=a.refscope", ".", "app.txt", "x.refscope\0.txt", "https://example.com/"], "/data")).toEqual(
    {},
  );
});

test("a word that is a file: address names the file of this machine that it stands for", () => {
  expect(wantedBy(["file:///data/a%20b%23.refscope"], "/x")).toEqual({ recording: "/data/a b#.refscope" });
  expect(wantedBy(["FILE://localhost/data/a.Refscope"], "/x")).toEqual({ recording: "/data/a.Refscope" });
  // A plain word is no address, whatever stands in it.
  expect(wantedBy(["a%20b.refscope"], "/x")).toEqual({ recording: "/x/a%20b.refscope" });
  for (const word of [
    "file://server/share/a.refscope",
    "file:///a%00.refscope",
    "file:///a%2Fb.refscope",
    "file:///etc/passwd",
  ])
    expect(wantedBy([word], "/x")).toEqual({ refused: word });
});

test("a link is one of `refscope serve` on this machine, or none", () => {
  const token = `${"Ab-_".repeat(10)}xyz`;
  expect(parseRemoteLink(` http://127.0.0.1:4711/#token=${token}\n`)).toEqual({
    origin: "http://127.0.0.1:4711",
    token,
  });
  expect(parseRemoteLink(`http://[::1]:4711/#token=${token}&to=%2Fgrows`)).toEqual({
    origin: "http://[::1]:4711",
    token,
  });
  for (const text of [
    "",
    `https://127.0.0.1:4711/#token=${token}`,
    `http://example.com:4711/#token=${token}`,
    `http://127.0.0.1.evil.com:80/#token=${token}`,
    `http://x@127.0.0.1:80/#token=${token}`,
    `http://127.0.0.1:99999/#token=${token}`,
    `http://127.0.0.1:80/x#token=${token}`,
    "http://127.0.0.1:80/#token=short",
    `http://127.0.0.1:80/#token=${token} more`,
  ])
    expect([text, parseRemoteLink(text)]).toEqual([text, undefined]);
});

test("the menu shows what was opened, each name whole, and the developer tools only where they are allowed", () => {
  const nothing = () => {};
  const does = {
    open: nothing,
    openRecent: nothing,
    clearRecent: nothing,
    export: nothing,
    connect: nothing,
    useLocal: nothing,
    theme: nothing,
    settings: nothing,
    docs: nothing,
    page: nothing,
  };
  const text = (devTools: boolean) =>
    JSON.stringify(menuRows({ recent: ["/x/a&b.refscope"], theme: "dark", mac: false, devTools }, does));
  expect(text(false)).toContain("a&&b.refscope");
  expect(text(false)).not.toContain("toggleDevTools");
  expect(text(true)).toContain("toggleDevTools");
});
