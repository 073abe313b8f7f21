// Drawn recordings in; what grows all the time is told from what fills, breathes or was there once.
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  batchOf,
  expectOk,
  feed,
  noDefinitions,
  read,
  recorderAt,
  temporaryFolder,
} from "../../test/fixtures/synthetic-recording.ts";
import { grownCandidates, growthNotes } from "./candidates.ts";
import { grownIn } from "./grown.ts";
import { ungraphed } from "./ungraphed.ts";

const lineTable = Uint8Array.from([0, 1, 2, 3].flatMap(() => [0x80 | (11 << 3), 0, 1]));

/** Each line is a type of its own, made at a line of its own in app.py. */
function recorded(lines: readonly string[], file = "app.py") {
  const path = join(temporaryFolder(), "a.refscope");
  const recorder = recorderAt(path);
  const frames: [number, number][][] = lines.map((_, at) => [[at + 1, 0]]);
  const sites = frames.map((of, at) => ({ id: at + 1, native: 0n, frames: of }));
  const keys = lines.map((_, at) => ({ id: at + 1, type: at + 1, site: at + 1, domain: 2 }));
  const codes = lines.map((_, at) => ({ id: at + 1, function: `make${at}`, file, firstLine: 1, lineTable }));
  const types = lines.map((_, at) => ({ id: at + 1, name: `T${at}` }));
  expectOk(
    recorder.apply(batchOf({ sequence: -0, time: 1e12 - 1e8, sites, keys }), { ...noDefinitions, codes, types }),
  );
  feed(
    recorder,
    lines.map((line) => ` ${line}`),
  );
  expectOk(recorder.finish(undefined));
  return read(path);
}

const steady = "+".repeat(150);
const filled = "9".repeat(40) + " ".repeat(110);
const breathing = `${"+".repeat(25)}${"-".repeat(25)}`.repeat(3);
const rare = `${" ".repeat(49)}+`.repeat(3);

test("forms of growth", () => {
  const grown = grownIn(recorded([steady, filled, breathing.slice(0, 140), rare]));
  expect(grown.map(({ type, form }) => `${type} ${form}`).sort()).toEqual(["T0 steady", "T1 plateau", "T2 sawtooth"]);
});

test("only what is steady is a candidate, at its rate", () => {
  const reader = recorded([steady, filled, breathing.slice(0, 140), rare]);
  const grown = grownIn(reader);
  const candidates = grownCandidates({ grown, seen: [], seconds: 15, loaded: [] });
  expect(candidates.map(({ type, kind }) => [type, kind])).toEqual([["T0", "growth"]]);
  expect(candidates[0]?.perSecond).toBeCloseTo(10, 0);
  expect(
    growthNotes({ grown })
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(["sawtooth", "warm-up"]);
});

test("modules that are being imported are no leak", () => {
  const grown = grownIn(recorded([steady], "<frozen importlib._bootstrap>"));
  const { candidates, notes } = ungraphed(grownCandidates({ grown, seen: [], seconds: 15, loaded: [] }));
  expect([candidates, notes.map(({ kind }) => kind)]).toEqual([[], ["import"]]);
});
