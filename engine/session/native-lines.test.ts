// In: a library of ours in this very process, and its addresses. Out: their lines; none once its file is another one.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { SourceLine } from "../../shared/audit-records.ts";
import { milliseconds, pid as toPid } from "../../shared/units.ts";
import { NativeLines } from "./native-lines.ts";

const source =
  "int own(int x) {\n  return x * 3;\n}\nextern int pause(void);\nint main(void) {\n  return pause();\n}\n";
const limit = milliseconds(20_000);

/** A program that waits, where it is loaded, and where `own` is in it. */
async function target(...words: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "refscope-lines-"));
  const [program, code] = [join(folder, "waits"), join(folder, "waits.c")];
  writeFileSync(code, source);
  const compile = () => execFileSync("cc", ["-g", "-O1", ...words, "-o", program, code]);
  compile();
  const child = spawn(program, { stdio: "ignore" });
  onTestFinished(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });
  const pid = child.pid ?? 0;
  const loaded = () =>
    readFileSync(`/proc/${pid}/maps`, "latin1")
      .split("\n")
      .filter((line) => line.endsWith("/waits"));
  while (loaded().length === 0) await new Promise((done) => setTimeout(done, 5));
  const base = BigInt(`0x${loaded()[0]?.split("-")[0]}`);
  const at = execFileSync("nm", [program], { encoding: "utf8" })
    .split("\n")
    .find((line) => line.endsWith(" own"));
  const address = base + BigInt(`0x${at?.split(" ")[0]}`);
  const replace = () => {
    rmSync(program);
    writeFileSync(code, `int another;\n${source}`);
    compile();
  };
  return { pid: toPid(pid), replace, address, module: { path: program, base, size: 1 << 16 } };
}

function keeper() {
  const [lines, notes] = [new Map<bigint, readonly SourceLine[]>(), [] as string[]];
  const sourceLine = (address: bigint, chain: readonly SourceLine[]) => void lines.set(address, chain);
  return { lines, notes, sourceLine, note: (sentence: string) => void notes.push(sentence) };
}

test("addresses are told by their lines; one that follows a call belongs to the call", async () => {
  const { pid, address, module } = await target();
  const kept = keeper();
  const lines = new NativeLines(pid, kept);
  lines.learn([module]);
  lines.want([
    { address, returns: false },
    { address: address + 1n, returns: true },
    { address: 1n, returns: false },
  ]);
  await lines.settled(limit);
  expect([...kept.lines.values()].map(([row]) => `${row?.function}:${row?.line}`)).toEqual(["own:2", "own:2"]);
  expect(kept.notes).toEqual([]);
});

test("a file that was replaced since has other lines: none are told", async () => {
  const { pid, address, module, replace } = await target();
  replace();
  const kept = keeper();
  const lines = new NativeLines(pid, kept);
  lines.learn([module]);
  lines.want([{ address, returns: false }]);
  await lines.settled(limit);
  expect(kept.lines.size).toBe(0);
  expect(kept.notes).toEqual([expect.stringContaining("is not the one that is loaded")]);
});
