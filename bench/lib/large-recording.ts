// A path in, a recording of 1 GB there out: twenty thousand places, for as long as it takes. Next: large.ts, renderer.ts.
import { openRecorder } from "../../engine/recorder/recorder.ts";
import type { Result } from "../../shared/failures.ts";
import { decodeBatch } from "../../shared/wire.ts";
import { emptyDefinitions } from "../../test/fixtures/empty-definitions.ts";
import { type BatchRow, encodeBatch } from "../../test/fixtures/encode-batch.ts";
import { randomNumbers } from "../../test/fixtures/random-numbers.ts";

const shape = { keys: 20_000, rows: 4000, different: 40, bytes: 2 ** 30 } as const;
const target = {
  ...{ pid: 1, executable: "/usr/bin/python3", command: "", python: "3.11.7" },
  ...{ build: ["release"], platform: "linux-x64" },
};
/** @throws when it is refused: then there is nothing to measure. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.cause}`);
  return result.value;
}
const random = randomNumbers(7);
const below = (limit: number) => Math.floor((random.next().value ?? 0) * limit);

function rowOf(key: number): BatchRow {
  const allocations = 1 + below(400);
  const frees = key % 50 === 0 ? Math.floor(allocations / 2) : allocations;
  return { key, allocations, frees, allocatedBytes: allocations * 72, freedBytes: frees * 72 };
}
function batches(): readonly Uint8Array[] {
  const sites = Array.from({ length: shape.keys }, (_, id) => ({ id, native: 0n, frames: [[id % 400, 2]] as const }));
  const keys = Array.from({ length: shape.keys }, (_, id) => ({ id, type: id % 60, site: id, domain: 2 }));
  return Array.from({ length: shape.different }, (_, at) => {
    const chosen = [...new Set(Array.from({ length: shape.rows }, () => below(shape.keys)))].sort((a, b) => a - b);
    return encodeBatch({ sequence: at, time: 0, rows: chosen.map(rowOf), ...(at === 0 ? { sites, keys } : {}) });
  });
}

/** How many seconds it took to finish and seal it. */
export function recordLarge(path: string): number {
  const options = { path, target, collected: ["lifecycle"], startedAt: new Date(0), privacy: "standard" } as const;
  const recorder = must(openRecorder(options));
  const definitions = {
    ...emptyDefinitions,
    codes: Array.from({ length: 400 }, (_, id) => {
      return {
        id,
        function: `function_${id}`,
        file: `/srv/app/module_${id}.py`,
        firstLine: 10,
        lineTable: new Uint8Array(),
      };
    }),
    types: Array.from({ length: 60 }, (_, id) => ({ id, name: `package.Type${id}` })),
  };
  const [first = new Uint8Array(), ...next] = batches();
  for (let sequence = 0; recorder.state().bytes < shape.bytes; sequence++) {
    const bytes = sequence === 0 ? first : (next[sequence % next.length] ?? first);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    view.setBigUint64(16, BigInt(sequence), true);
    view.setBigUint64(24, 10n ** 12n + BigInt(sequence) * 10n ** 8n, true);
    must(recorder.apply(decodeBatch(bytes), sequence === 0 ? definitions : emptyDefinitions));
  }
  const started = performance.now();
  must(recorder.finish(undefined));
  return (performance.now() - started) / 1000;
}
