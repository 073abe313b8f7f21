// A program in, its recording, closed, out; the program is ended afterwards. Used by engine.ts for `compare --run`.
import { setTimeout as sleep } from "node:timers/promises";
import { fail, failed, ok } from "../../shared/failures.ts";
import type { RecordProgram } from "../compare/runs.ts";
import { recordFromStart, startProgram } from "./program.ts";
import type { Recordings } from "./recordings.ts";

const lookEveryMs = 100;
/** Frida has let go for good by then. */
const afterDetachMs = 500;
const endWithinMs = 5000;

export const recordingOf =
  (recordings: Recordings): RecordProgram =>
  async (argv, out, { forSeconds, frames }) => {
    const program = await startProgram(argv, "none");
    if (!program.ok) return program;
    const { pid, ended, running, terminate } = program.value;
    try {
      const request = { pid, out, forSeconds, frames };
      const started = await recordFromStart(
        program.value,
        () => recordings.start(request, { endsWithTarget: true }),
        {},
      );
      if (!started.ok) {
        // Its end may be known to the kernel a moment before it is to us.
        await Promise.race([ended, sleep(lookEveryMs)]);
        const how = `it ran \`${argv.join(" ")}\``;
        return running() ? failed(started.failure) : fail("target-ended", { pid, how });
      }
      await closed(recordings, out);
      await sleep(afterDetachMs);
      return ok(undefined);
    } finally {
      terminate();
      await Promise.race([ended, sleep(endWithinMs)]);
    }
  };

async function closed(recordings: Recordings, path: string): Promise<void> {
  const phase = () => recordings.states().find((state) => state.path === path)?.phase ?? "closed";
  while (phase() !== "closed") await sleep(lookEveryMs);
}
