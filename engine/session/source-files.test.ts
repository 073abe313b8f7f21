// Files of this very process in; which of them are read out.
import { chmodSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { pid } from "../../shared/units.ts";
import { temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { sourceFiles } from "./source-files.ts";

const long = new Date(0);
function reader() {
  const files = sourceFiles(pid(process.pid));
  onTestFinished(() => files.close());
  return files.read;
}
function written(name: string, changed: Date | undefined = long): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, "x = 1\n");
  if (changed) utimesSync(path, changed, changed);
  return path;
}

test("a source file from before the program began is read, with its hash", () => {
  expect(reader()(written("app.py"))).toMatchObject({ text: "x = 1\n", hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test("what was changed since, is no source, is a link, a folder, or not there, is left", () => {
  const read = reader();
  const link = join(temporaryFolder(), "link.py");
  symlinkSync(written("target.py"), link);
  const folder = join(temporaryFolder(), "folder.py");
  mkdirSync(folder);
  const later = new Date(Date.now() + 3_600_000);
  for (const path of [
    written("new.py", later),
    written("secret.txt"),
    link,
    folder,
    join(folder, "none.py"),
    "app.py",
    "<frozen os>",
    "/proc/self/environ",
  ])
    expect([path, read(path)]).toEqual([path, undefined]);
});

test("a file that is too long is left", () => {
  const path = written("long.py");
  writeFileSync(path, "#".repeat(3 * 2 ** 20));
  utimesSync(path, long, long);
  chmodSync(path, 0o644);
  expect(reader()(path)).toBeUndefined();
});

test("C is read as the compiler names it, unless it is newer than the module that was built of it", () => {
  const read = reader();
  const source = written("fast.c");
  const folder = dirname(source);
  mkdirSync(join(folder, "build"));
  const old = new Date(1000);
  const built = (changed: Date) => written("fast.so", changed);
  expect(read(`${folder}/build/../fast.c`, built(old))).toMatchObject({ text: "x = 1\n" });
  utimesSync(source, new Date(60_000), new Date(60_000));
  expect(read(source, built(old))).toBeUndefined();
  expect([read("fast.c", built(old)), read(source, "/none.so")]).toEqual([undefined, undefined]);
});
