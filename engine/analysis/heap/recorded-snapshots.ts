// The path of a recording in, its snapshots decoded and ready to be asked out. Next: worker/worker.ts.
import { statSync } from "node:fs";
import { fail } from "../../../shared/failures.ts";
import type { Snapshots } from "./worker/answers.ts";

export const recordedSnapshots: Snapshots = {
  identity: (path) => {
    const file = statSync(path, { throwIfNoEntry: false });
    return file ? `${file.dev} ${file.ino} ${file.birthtimeMs}` : path;
  },
  newest: (path) => fail("no-snapshot", { path, what: "snapshot" }),
  load: (path, id) => fail("no-snapshot", { path, what: `snapshot ${id}` }),
};
