// A situation in, what the objects of a sample have in common in it out. Next: scene.ts.
import type { SampleDocument, SampleSum } from "../../shared/sample-document.ts";
import { hostile } from "./hostile-answers.ts";
import type { Scene } from "./scene-rows.ts";

const module = "/srv/venv/lib/python3.12/site-packages/leaky.cpython-312-x86_64-linux-gnu.so";
const interpreter = "/usr/local/bin/python3.12";
const counts = { made: 212, missed: 0, followed: 16, alive: 4, freed: 12 };

const sum = (name: string, line: number, alive: number, freed: number): SampleSum => ({
  module,
  function: name,
  file: "/build/leaky/leaky.c",
  line,
  python: null,
  delta: alive + freed,
  alive,
  freed,
  objects: 16,
});

/** Of the scenes in which four objects or fewer are followed by their addresses, none has one. */
export function sampleReport(scene: Scene): SampleDocument | null {
  if (scene !== "single" && scene !== "hostile") return null;
  const name = scene === "hostile" ? hostile : "leak_getattr";
  const python = { function: "serve", file: "/srv/shop/views.py", line: 62 };
  const sums = [
    sum(name, 18, 4, 0),
    sum("good_getattr", 31, 4, 12),
    sum("good_getattr", 33, -4, -12),
    { ...sum("(interpreter)", 0, 0, -12), module: interpreter, file: null, line: null, python },
  ];
  const [{ file, line }] = [sum(name, 18, 4, 0)];
  return {
    schema: "refscope.sample/1",
    site: scene === "hostile" ? hostile : "str@views.py:62",
    counts,
    object: { address: "0x7f3a5c0e41b0", type: "str" },
    complete: true,
    dropped: 0,
    events: [],
    net: [{ module, function: name, delta: 1 }],
    freed: false,
    objects: [],
    sums,
    unmatched: [{ module, function: name, file, line, python: null, perObject: 1 }],
  };
}
