// A pid in, the path of a recording out. Next: `refscope report`.

import { follow } from "../following.ts";
import { finish, recordOptions, requestOf, tellMissed } from "../record-options.ts";
import { defineVerb, parsePid } from "../verb.ts";
import { withDevice } from "../with-device.ts";

export const verb = defineVerb(recordOptions, async (terminal, [word], options) => {
  const pid = parsePid(word);
  if (!pid.ok) return pid;
  return withDevice(options, async (engine) => {
    const start = engine.call("recording.start", { pid: pid.value, ...requestOf(options) });
    const followed = await follow(engine, start, terminal, { keys: true });
    tellMissed(followed, options.mark, terminal);
    return finish(followed, terminal);
  });
});
