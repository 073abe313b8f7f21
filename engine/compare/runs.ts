// A command and two Pythons in; both recorded in turn, several times, and compared, out. Next: engine.ts.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Comparison, ComparisonUnit } from "../../shared/comparison-document.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { openRecording } from "../store/reader.ts";
import { interpreterOf, withoutPython, wordsOf } from "./command.ts";
import { compareSides } from "./comparison.ts";
import { mergeSides } from "./merge.ts";
import { type Side, sideOf } from "./side.ts";

export interface RunsRequest {
  readonly command: string;
  /** A Python, or a virtual environment. */
  readonly a: string;
  readonly b: string;
  readonly runs: number;
  readonly forSeconds: number;
  readonly frames: number;
  readonly per: ComparisonUnit;
  /** Hundredths. */
  readonly threshold?: number;
  /** A folder that keeps the recordings; without it they are gone afterwards. */
  readonly keep?: string;
}
/** Starts a program, records it until it ends or the time is over, ends it; the recording is closed when this returns. */
export type RecordProgram = (argv: readonly string[], out: string, request: RunsRequest) => Promise<Result<undefined>>;

/** Two programs that end and begin at once disturb each other. */
const pauseMs = 200;

export async function compareRuns(
  request: RunsRequest,
  record: RecordProgram,
  talk: (line: string) => void,
): Promise<Result<Comparison>> {
  const words = wordsOf(request.command);
  if (!words.ok) return words;
  const [a, b] = [interpreterOf(request.a), interpreterOf(request.b)];
  if (!a.ok) return a;
  if (!b.ok) return b;
  const folder = request.keep ?? mkdtempSync(join(tmpdir(), "refscope-compare-"));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const pythons = { a: a.value, b: b.value };
    const sides = await takeTurns(request, withoutPython(words.value), pythons, folder, record, talk);
    if (!sides.ok) return sides;
    const [before, after] = [sides.value.a, sides.value.b].map(([first, ...more]) =>
      first ? mergeSides([first, ...more]) : undefined,
    );
    if (!before || !after) return fail("bug", { what: "no run was recorded" });
    const named = [
      { ...before, path: request.a },
      { ...after, path: request.b },
    ] as const;
    return ok(compareSides(...named, request.per, request.threshold));
  } finally {
    if (request.keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

type Names = "a" | "b";

/** A B, B A, A B, …: what drifts over time falls on both alike. */
async function takeTurns(
  request: RunsRequest,
  words: readonly string[],
  pythons: Readonly<Record<Names, string>>,
  folder: string,
  record: RecordProgram,
  talk: (line: string) => void,
): Promise<Result<Readonly<Record<Names, readonly Side[]>>>> {
  const sides: Record<Names, Side[]> = { a: [], b: [] };
  for (let run = 0; run < request.runs; run++) {
    const turn: readonly Names[] = run % 2 === 0 ? ["a", "b"] : ["b", "a"];
    for (const name of turn) {
      talk(`run ${run + 1} of ${request.runs}: ${name.toUpperCase()}`);
      const out = join(folder, `${name}-${run + 1}.refscope`);
      const recorded = await record([pythons[name], ...words], out, request);
      if (!recorded.ok) return recorded;
      const side = readSide(out);
      if (!side.ok) return side;
      sides[name].push(side.value);
      await sleep(pauseMs);
    }
  }
  return ok(sides);
}

function readSide(path: string): Result<Side> {
  const reader = openRecording(path);
  if (!reader.ok) return reader;
  try {
    return ok(sideOf(reader.value));
  } finally {
    reader.value.close();
  }
}
