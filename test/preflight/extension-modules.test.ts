// In: a real Python that has loaded modules of the standard library and one of its own, in a package. Out: their names as Python imports them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { extensionModules } from "../../engine/preflight/extension-modules.ts";
import { pythonsOf } from "../agent/pythons.ts";
import { endTargets, startTarget } from "../agent/target.ts";
import { buildExtension } from "../fixtures/build-extension.ts";
import { value } from "../gateway/value.ts";

const folder = mkdtempSync(join(tmpdir(), "refscope-modules-"));
afterEach(endTargets);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(pythonsOf(311, 313))("modules of $name", { timeout: 60_000 }, async (python) => {
  const home = join(folder, python.name, "shop", "fast");
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "__init__.py"), "");
  writeFileSync(join(home, "..", "__init__.py"), "");
  const source = join(import.meta.dirname, "../agent/watched.c");
  const built = buildExtension(python.start[0], source, home);
  const target = await startTarget(python);
  const own = built ? `sys.path.insert(0, ${JSON.stringify(join(folder, python.name))}); import shop.fast.watched` : "";
  await target.ask(`import _json, _decimal\n${own}\nreply()`);
  const modules = value(extensionModules(target.pid));
  const names = modules.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["_json", "_decimal"]));
  if (built) expect(modules[0]).toMatchObject({ name: "shop.fast.watched", standard: false });
});

test("a process that is gone is told", () =>
  expect(extensionModules(2 ** 22 + 1)).toMatchObject({ ok: false, failure: { code: "no-such-process" } }));
