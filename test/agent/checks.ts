// A target and what was recorded of it in, the promises that hold for every recording out. Used by the tests of this folder.
import { expect } from "vitest";
import type { Loaded } from "./recorded.ts";

/** Stops it; produced = stored, at the source, in the header and in the sums. */
export async function stopped(loaded: Loaded): Promise<void> {
  const { allocations, frees } = await loaded.disarm();
  const { sums, said } = loaded;
  expect(sums.wrong).toEqual([]);
  expect(said).toEqual([]);
  expect(sums.last?.last).toBe(true);
  expect(sums.last?.dropped).toEqual({ allocations: 0, frees: 0 });
  expect(sums.last?.produced).toEqual({ allocations, frees });
  expect(sums.all()).toMatchObject({ allocations, frees });
}
