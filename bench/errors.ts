// In: a thread that raises some five million exceptions a second. Out: how much longer it takes while each one is counted, beside py-spy
// and gilknocker, which see none of them.
import { compare, startContention } from "./lib/contention.ts";
import { part } from "./lib/figures.ts";
import { benchOptions } from "./lib/options.ts";

const works = ["key-error", "raise"] as const;

const { interpreters, rounds } = benchOptions({ versions: ["3.8", "3.11", "3.13"], rounds: 7 });
for (const interpreter of interpreters) {
  const title = `errors ${interpreter.name}`;
  await part(title, async () => {
    const contention = await startContention(interpreter, "errors", title);
    try {
      for (const work of works) await compare(contention, title, work, rounds, "<= 1.06 x");
    } finally {
      await contention.target.stop();
    }
  });
}
