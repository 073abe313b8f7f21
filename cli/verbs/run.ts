// A program in, started, and recorded as soon as its interpreter is up; the path of the recording out. Next: `refscope report`.
import { follow } from "../following.ts";
import { finish, recordOptions, requestOf, tellMissed } from "../record-options.ts";
import { defineVerb } from "../verb.ts";
import { withEngine } from "../with-engine.ts";

export const verb = defineVerb(recordOptions, (terminal, program, options) =>
  withEngine(async (engine) => {
    const start = engine.run(program, requestOf(options));
    const followed = await follow(engine, start, terminal);
    tellMissed(followed, options.mark, terminal);
    return finish(followed, terminal);
  }),
);
