// In: extension modules that are known to be good, 200 calls of each of their public functions with words of many kinds. Out: no finding,
// the same results before, under and after the audit, a target that ends well. Wheels are tried where REFSCOPE_WHEELS names interpreters that have them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { afterAll, expect, it } from "vitest";
import { half, pythonsOf } from "../agent/pythons.ts";
import { ended, home, startCli } from "../cli/run-cli.ts";

afterAll(() => rmSync(home, { recursive: true, force: true }));

const found = v.object({ rule: v.string(), function: v.string(), type: v.nullish(v.string()) });
const document = v.object({
  references: v.object({ findings: v.array(found) }),
  errors: v.object({ findings: v.array(found) }),
});

/** Leaks that are real: orjson 3.13.0 keeps what PyType_GetDict returned, on CPythons that have it; Cython 3.2.9's generators keep their type. */
const real = new Set([
  "leaked-reference dumps dict",
  "leaked-reference coroutine.tp_dealloc _cython_3_2_9._common_types_metatype",
]);
const own = ["_json", "_pickle", "_decimal", "_elementtree"].map((name) => ({ name, module: name }));
const wheels = [
  { name: "orjson", module: "orjson.orjson" },
  { name: "msgpack", module: "msgpack._cmsgpack" },
  { name: "lxml", module: "lxml.etree" },
  { name: "numpy", module: "numpy._core._multiarray_umath" },
];
const withWheels = (process.env["REFSCOPE_WHEELS"] ?? "").split(":").filter((path) => path !== "");
const cases = [
  ...pythonsOf(311, 313)
    .filter(({ inferred }) => !inferred)
    .flatMap((python, at) =>
      half(at === 0 ? 0 : 1, own).map((one) => ({ ...one, python: python.name, program: python.start[0] })),
    ),
  ...withWheels.flatMap((program) => wheels.map((one) => ({ ...one, python: program, program }))),
];

function startRounds(program: string, name: string) {
  const child = spawn(program, [join(import.meta.dirname, "clean_calls.py"), name], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => String((await lines.next()).value);
  return {
    child,
    line,
    round: async () => {
      child.stdin.write("200\n");
      return line();
    },
  };
}

async function audited(target: number, module: string, work: () => Promise<string>) {
  const cli = startCli(["audit", String(target), module, "--for", "10m", "--json"]);
  const said = ended(cli);
  await once(cli.stderr ?? cli, "data");
  await sleep(1500); // armed
  const result = await work();
  await sleep(1500); // two drains
  cli.kill("SIGINT");
  const { references, errors } = v.parse(document, JSON.parse((await said).out));
  return { result, findings: [...references.findings, ...errors.findings] };
}

it.each(cases)("$name of $python: nothing is found, and nothing changes", { timeout: 600_000 }, async (one) => {
  const { child, line, round } = startRounds(one.program, one.name);
  expect(await line()).toBe("ready");
  const before = await round();
  const { result, findings } = await audited(child.pid ?? 0, one.module, round);
  await sleep(500);
  expect([result, await round()]).toEqual([before, before]);
  expect(findings.map((row) => `${row.rule} ${row.function} ${row.type}`).filter((row) => !real.has(row))).toEqual([]);
  child.stdin.end();
  expect(await once(child, "close")).toEqual([0, null]);
});
