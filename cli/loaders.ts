// The name of a verb in, its code out, loaded only when it is called. Next: verbs/.
import type { Verb } from "./verb.ts";
import type { VerbName } from "./verb-row.ts";

export const loaders: Readonly<Record<VerbName, () => Promise<{ readonly verb: Verb }>>> = {
  ps: () => import("./verbs/ps.ts"),
  doctor: () => import("./verbs/doctor.ts"),
  record: () => import("./verbs/record.ts"),
  run: () => import("./verbs/run.ts"),
  top: () => import("./verbs/top.ts"),
  diagnose: () => import("./verbs/diagnose.ts"),
  audit: () => import("./verbs/audit.ts"),
  watch: () => import("./verbs/watch.ts"),
  snapshot: () => import("./verbs/snapshot.ts"),
  why: () => import("./verbs/why.ts"),
  report: () => import("./verbs/report.ts"),
  compare: () => import("./verbs/compare.ts"),
  export: () => import("./verbs/export.ts"),
  verify: () => import("./verbs/verify.ts"),
  salvage: () => import("./verbs/salvage.ts"),
  redact: () => import("./verbs/redact.ts"),
  sessions: () => import("./verbs/sessions.ts"),
  open: () => import("./verbs/open.ts"),
  serve: () => import("./verbs/serve.ts"),
  demo: () => import("./verbs/demo.ts"),
  completion: () => import("./verbs/completion.ts"),
  setup: () => import("./verbs/setup.ts"),
};
