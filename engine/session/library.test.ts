// Paths that a browser may name, and those it may not.
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Library, libraryFolder } from "./library.ts";
import { scriptName } from "./target-name.ts";

let home = "";
let folder = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "refscope-library-"));
  folder = join(home, "data", "refscope", "recordings");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function file(...parts: readonly string[]): string {
  const path = join(...parts);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, "x");
  return path;
}
const codeOf = (result: ReturnType<Library["allowed"]>) => (result.ok ? "allowed" : result.failure.code);

it("is where the XDG specification says", () => {
  expect(libraryFolder({ XDG_DATA_HOME: "/data" })).toBe("/data/refscope/recordings");
  expect(libraryFolder({ XDG_DATA_HOME: "relative" })).toMatch(/\/\.local\/share\/refscope\/recordings$/);
});

it("names new recordings so that any tool takes the name, in a folder nobody else can look into", () => {
  const path = new Library(folder).newPath("../my app; rm -rf ~", 42, new Date(Date.UTC(2026, 0, 2, 3, 4, 5)));
  expect(path).toEqual({ ok: true, value: join(folder, "my-app-rm--rf--42-20260102T030405Z.refscope") });
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it("never gives a name that is taken", () => {
  const library = new Library(folder);
  const at = new Date(0);
  file(folder, "a-1-19700101T000000Z.refscope");
  expect(library.newPath("a", 1, at)).toEqual({ ok: true, value: join(folder, "a-1-19700101T000000Z-2.refscope") });
});

it("lists its recordings and nothing else", () => {
  file(folder, "a.refscope");
  file(folder, "a.refscope-wal");
  mkdirSync(join(folder, "folder.refscope"));
  expect(new Library(folder).list().map((row) => row.name)).toEqual(["a"]);
  expect(new Library(join(home, "nowhere")).list()).toEqual([]);
});

describe("a door that strangers can reach may name", () => {
  it.each([
    ["a recording of the library", () => file(folder, "a.refscope"), "allowed"],
    ["no file beside it", () => file(folder, "notes.txt"), "no-recording"],
    ["no recording elsewhere", () => file(home, "b.refscope"), "no-recording"],
    [
      "no way around",
      () => join(folder, "..", "..", "..", file(home, "b.refscope").slice(home.length)),
      "no-recording",
    ],
    ["no folder in it", () => file(folder, "deeper", "c.refscope"), "no-recording"],
  ])("%s", (_what, path, code) => {
    expect(codeOf(new Library(folder).allowed(path()))).toBe(code);
  });

  it("no link that leads out of it", () => {
    mkdirSync(folder, { recursive: true });
    symlinkSync(file(home, "secret.refscope"), join(folder, "link.refscope"));
    expect(codeOf(new Library(folder).allowed(join(folder, "link.refscope")))).toBe("no-recording");
  });

  it("what the user opened here", () => {
    const library = new Library(folder);
    const path = file(home, "b.refscope");
    library.opened(path);
    expect(codeOf(library.allowed(path))).toBe("allowed");
  });

  it("for a new recording, a plain file of the library", () => {
    const library = new Library(folder);
    mkdirSync(folder, { recursive: true });
    expect(codeOf(library.allowedNew(join(folder, "new.refscope")))).toBe("allowed");
    expect(codeOf(library.allowedNew("/etc/new.refscope"))).toBe("cannot-write");
    expect(codeOf(library.allowedNew(join(folder, "new.sh")))).toBe("cannot-write");
  });
});

it.each([
  ["python app.py --token x", "app"],
  ["python -X dev -W ignore /srv/app.py", "app"],
  ["python -m http.server 8000", "http.server"],
  ["python -c print(1)", undefined],
  ["python", undefined],
])("the name of `%s` is %s", (command, name) => {
  expect(scriptName(command.split(" ").slice(1))).toBe(name);
});
