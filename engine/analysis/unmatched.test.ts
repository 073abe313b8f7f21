// In: sums by function, drawn as what each adds up to on alive and on freed objects. Out: who holds what nobody gives back.
import { expect, test } from "vitest";
import type { SampleSum } from "../../shared/sample-document.ts";
import { unmatchedOf } from "./unmatched.ts";

const inC = (name: string, line: number, alive: number, freed: number): SampleSum => ({
  module: "/a/leaky.so",
  function: name,
  file: "leaky.c",
  line,
  python: null,
  delta: alive + freed,
  alive,
  freed,
  objects: 1,
});
const inPython = (name: string, line: number, alive: number, freed: number): SampleSum => ({
  ...inC("(interpreter)", 0, alive, freed),
  module: "/usr/bin/python3",
  file: null,
  line: null,
  python: { function: name, file: "app.py", line },
});
const said = (sums: readonly SampleSum[], alive: number, freed: number) =>
  unmatchedOf(sums, { alive, freed }).map(
    ({ function: name, line, python, perObject }) => `${python?.function ?? name}:${python?.line ?? line} ${perObject}`,
  );

test("what everybody does to every object cancels out", () => {
  const sums = [inC("good", 31, 4, 12), inC("good", 33, -4, -12), inC("leak", 18, 4, 0), inPython("serve", 6, 0, 0)];
  expect(said(sums, 4, 12)).toEqual(["leak:18 1"]);
});

test("Python code that keeps one is told by the line that makes the difference", () => {
  const sums = [inPython("remember", 9, 4, 12), inPython("remember", 10, 4, 0), inPython("remember", 11, -4, -12)];
  expect(said(sums, 4, 12)).toEqual(["remember:10 1"]);
});

test("without freed ones extensions are named, Python code only for what nobody else explains", () => {
  const made = [inPython("make", 2, 4, 0), inPython("use", 9, -4, 0)];
  expect(said([...made, inC("leak", 18, 4, 0)], 4, 0)).toEqual(["leak:18 1"]);
  expect(said([inPython("make", 2, 8, 0), inPython("use", 9, -4, 0)], 4, 0)).toEqual(["make:2 2"]);
});

test("nobody is named where all were freed, or by chance", () => {
  expect(said([inC("leak", 18, 0, 12)], 0, 12)).toEqual([]);
  expect(said([inC("seldom", 18, 1, 0)], 4, 12)).toEqual([]);
});
