// A target and what was recorded of it in, the promises that hold for every recording out. Used by the tests of this folder.
import { expect } from "vitest";
import { contradictions } from "./events.ts";
import type { Loaded } from "./recorded.ts";

/** Stops it; produced = stored + dropped, at the source, in the header and in the sums. */
export async function stopped(loaded: Loaded): Promise<void> {
  const { allocations, frees, holds, errors } = await loaded.disarm();
  const { sums, events, said } = loaded;
  expect([...sums.wrong, ...events.wrong]).toEqual([]);
  expect(said).toEqual([]);
  expect(sums.last?.last).toBe(true);
  expect(sums.last?.dropped).toMatchObject({ allocations: 0, frees: 0 });
  expect(sums.last?.produced).toEqual({ allocations, frees, holds, errors });
  expect(sums.all()).toMatchObject({ allocations, frees });
  expect(contradictions(events)).toEqual([]);
  const counted = events.errors().reduce((sum, { count }) => sum + count, 0);
  expect(counted + (sums.last?.dropped.errors ?? 0)).toBe(errors);
}
