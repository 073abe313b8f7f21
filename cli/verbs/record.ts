// A pid in, the path of a recording out. Next: `refscope report`.

import { follow } from "../following.ts";
import { finish, recordOptions, requestOf } from "../record-options.ts";
import { defineVerb, parsePid } from "../verb.ts";
import { withDevice } from "../with-device.ts";

export const verb = defineVerb(recordOptions, async (terminal, [word], options) => {
  const pid = parsePid(word);
  if (!pid.ok) return pid;
  return withDevice(options, async (engine) => {
    const start = engine.call("recording.start", { pid: pid.value, ...requestOf(options) });
    return finish(await follow(engine, start, terminal), terminal);
  });
});
