// A candidate in; the function that allocated it, as the last one to blame, out. Used by naming.ts.
import { basename } from "node:path";
import type { Candidate, Named } from "./candidate.ts";
import { definesType } from "./extensions.ts";

/** Who allocates what the program holds is mostly who keeps it; of what nobody holds, only who made it. */
const sureness = {
  held: 0.6,
  growth: 0.5,
  "native-memory": 0.5,
  "uncollectable-cycle": 0.45,
  unreachable: 0.35,
  "unexplained-references": 0,
};

export function siteNames(candidate: Candidate): readonly Named[] {
  const { keeper } = candidate;
  const [maker] = keeper?.frames ?? [];
  if (!keeper || !maker) return allocatedBy(candidate);
  const module = candidate.modules.find((path) => definesType(path, keeper.type));
  const named = {
    blame: { module: module ?? maker.file, function: maker.function, native: null, file: maker.file, line: maker.line },
    perCall: undefined,
    sure: 0.85,
    sentence: `${maker.function} (${basename(maker.file)}:${maker.line ?? "?"}) makes the ${keeper.type}, which has no tp_traverse that visits what it holds.`,
  };
  return [named, ...allocatedBy(candidate)];
}

function allocatedBy(candidate: Candidate): readonly Named[] {
  const [first, ...others] = candidate.allocationSite;
  const sure = sureness[candidate.kind];
  if (!first || sure === 0) return [];
  const native = first.line === null && /\.so(?:\.|$)/.test(first.file);
  const caller = native ? others.find(({ line }) => line !== null) : undefined;
  const blame = native
    ? { module: first.file, function: first.function, native: first.function, file: null, line: null }
    : { module: first.file, function: first.function, native: null, file: first.file, line: first.line };
  const by = caller ? `, called by ${caller.function} (${basename(caller.file)}:${caller.line})` : "";
  return [
    {
      blame,
      perCall: undefined,
      sure,
      sentence: `${first.function} (${basename(first.file)}${first.line === null ? "" : `:${first.line}`}) allocates it${by}.`,
    },
  ];
}
