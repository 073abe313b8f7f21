// What of a stretch of time is still alive in; that as a sentence and as figures, out. Next: views/live/Survivors.tsx.
import type { SurvivorRow, Survivors } from "../../shared/survivors.ts";
import { axisTime, bytes, count } from "./format.ts";

type Between = SurvivorRow["alive"];

/** 2,000, or 1,990 to 2,010 where only bounds are known. */
export const between = ({ atLeast, atMost }: Between, words = count): string =>
  atLeast === atMost || words(atLeast) === words(atMost) ? words(atMost) : `${words(atLeast)} to ${words(atMost)}`;

export function survivorsSentence({ from, to, until, allocated, alive, aliveBytes }: Survivors): string {
  const range = `from ${axisTime(from)} to ${axisTime(to)}`;
  if (allocated === 0) return `Nothing was allocated ${range}.`;
  const still = `${between(alive)} (${between(aliveBytes, bytes)}) are alive at ${axisTime(until)}`;
  return `Of ${count(allocated)} allocated ${range}, ${still}.`;
}

export const isExact = ({ alive }: Pick<Survivors, "alive">): boolean => alive.atLeast === alive.atMost;
