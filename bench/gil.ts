// In: threads that take and drop the GIL up to two million times a second, and some that do it seldom. Out: how much longer they take
// while every hold is recorded, beside py-spy and gilknocker, which sample.
import { compare, startContention } from "./lib/contention.ts";
import { part } from "./lib/figures.ts";
import { benchOptions } from "./lib/options.ts";

const works = [
  { work: "write", wanted: "<= 1.15 x" },
  { work: "write-two", wanted: "<= 1.15 x" },
  { work: "mixed", wanted: "<= 1.02 x" },
] as const;

const { interpreters, rounds } = benchOptions({ versions: ["3.8", "3.11", "3.13"], rounds: 7 });
for (const interpreter of interpreters) {
  const title = `gil ${interpreter.name}`;
  await part(title, async () => {
    const contention = await startContention(interpreter, "gil", title);
    try {
      for (const { work, wanted } of works) await compare(contention, title, work, rounds, wanted);
    } finally {
      await contention.target.stop();
    }
  });
}
