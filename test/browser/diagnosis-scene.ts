// A situation in, how a diagnosis stands in it out: one with suspects, a clean one, none possible, one that goes on. Next: scene.ts.
import type {
  DiagnosisDocument,
  DiagnosisState,
  DiagnosisStep,
  StepKind,
  Suspect,
} from "../../shared/diagnosis-document.ts";
import type { TargetFacts } from "../../shared/documents.ts";
import { fail, failed, failure, ok, type Result } from "../../shared/failures.ts";
import type { MuteRule } from "../../shared/mutes.ts";
import type { RpcParams } from "../../shared/rpc-contract.ts";
import { hostile } from "./hostile-answers.ts";
import type { Scene } from "./scene-rows.ts";

const ujson = "/srv/venv/lib/python3.12/site-packages/ujson.cpython-312-x86_64-linux-gnu.so";
const site = [
  { function: "respond", file: "/srv/shop/views.py", line: 131 },
  { function: "__call__", file: "/srv/shop/wsgi.py", line: 22 },
];
const nothing = { perCall: null, blame: null, allocationSite: null, heldBy: [], evidence: [], notObserved: [] };

const references: Suspect = {
  ...{ rank: 1, kind: "unreachable", type: "str", perSecond: 200.1, perCall: 1, bytesPerSecond: 10_900 },
  blame: { module: ujson, function: "dumps", native: "Dict_iterNext", file: "/build/ujson/lib/objToJSON.c", line: 312 },
  allocationSite: site,
  heldBy: [],
  confidence: 0.98,
  evidence: [
    "6,003 str are alive that no root reaches, 200 more each second.",
    "Each call of dumps receives a new reference from PyIter_Next and gives back none: 6,003 of 6,003 calls.",
    "PyIter_Next returns a new reference; who receives it must release it.",
  ],
  notObserved: ["Objects that are older than the recording have no allocation site."],
};
const held: Suspect = {
  ...{ rank: 2, kind: "held", type: "shop.cache.Entry", perSecond: 12, perCall: null, bytesPerSecond: 2304 },
  blame: { module: "/srv/shop/cache.py", function: "remember", native: null, file: "/srv/shop/cache.py", line: 41 },
  allocationSite: [{ function: "remember", file: "/srv/shop/cache.py", line: 41 }, ...site],
  heldBy: [
    [
      { type: "module", address: "0x1000", edge: "module shop.cache" },
      { type: "dict", address: "0x1040", edge: ".__dict__" },
      { type: "dict", address: "0x1080", edge: '["_entries"]' },
      { type: "shop.cache.Entry", address: "0x10c0", edge: '["user:8812"]' },
    ],
  ],
  confidence: 0.71,
  evidence: ["4,012 are held by one dict that only grows.", "It grew in 28 of 28 intervals."],
  notObserved: [],
};
const native: Suspect = {
  ...nothing,
  ...{ rank: 3, kind: "native-memory", type: null, perSecond: 4, bytesPerSecond: 41_000, confidence: 0.52 },
  evidence: ["The process grew by 1.2 MiB that no Python object accounts for."],
};
const hostileSuspect: Suspect = {
  ...held,
  rank: 4,
  type: hostile,
  blame: { module: hostile, function: hostile, native: hostile, file: hostile, line: 1 },
  allocationSite: [{ function: hostile, file: hostile, line: null }],
  heldBy: [[{ type: hostile, address: "0x10c0", edge: hostile }]],
  evidence: [hostile],
  notObserved: [hostile],
};

const step = (kind: StepKind, at: number, seconds: number, did: string, path: string): DiagnosisStep => ({
  ...{ kind, at, seconds, did, path },
});
const stepsOf = (path: string): DiagnosisStep[] => [
  step(
    "lifecycle",
    0.2,
    18.1,
    "recorded what is allocated and freed, with stacks and heap graphs; 18,970,000 events, none dropped",
    path,
  ),
  step(
    "audit",
    19,
    4.2,
    "audited ujson.cpython-312-x86_64-linux-gnu.so; 6,003 events, none dropped",
    "/recordings/audit.refscope",
  ),
  step(
    "watch",
    23.6,
    3,
    "watched the reference count of a str; 12,006 events, none dropped",
    "/recordings/watch.refscope",
  ),
];

function documentOf(scene: Scene, path: string, target: TargetFacts): DiagnosisDocument {
  const facts = { schema: "refscope.diagnosis/1", why: null, path, target, seconds: 30.4 } as const;
  const rest = { notes: [], steps: stepsOf(path), notObserved: ["Threads that never run Python code."] };
  if (scene === "quiet") return { ...facts, ...rest, verdict: "clean", suspects: [] };
  if (scene === "uncollected")
    return { ...facts, ...rest, verdict: "insufficient", why: "the process allocated nothing in 30 s", suspects: [] };
  const extra = scene === "hostile" ? [hostileSuspect] : [];
  const notes: DiagnosisDocument["notes"] = [
    { kind: "warm-up", sentence: "dict from import_module grew by 1,204 in the first 3 s, and no more since." },
    { kind: "bounded-cache", sentence: "lru_cache of parse_header filled to its 512 entries." },
  ];
  return { ...facts, ...rest, notes, verdict: "leak", suspects: [references, held, native, ...extra] };
}

export function diagnosisAnswers(scene: Scene, target: TargetFacts) {
  const told = (path: string) => ok(documentOf(scene, path, target));
  const stateAt = (path: string): Result<DiagnosisState> => {
    if (scene === "ended") return fail("no-recording", { path });
    const goesOn = scene === "single";
    const seconds = goesOn ? 21.7 : 30.4;
    const at = { path, pid: target.pid, seconds, forSeconds: 30, doing: "watching the reference count of a str" };
    const steps = goesOn ? stepsOf(path).slice(0, 2) : stepsOf(path);
    const document = goesOn ? null : documentOf(scene, path, target);
    return ok({ ...at, steps, ended: !goesOn, document, failed: null });
  };
  const rules: MuteRule[] = [];
  const mutes = () => ok({ file: "/configuration/refscope/mute.json", rules: [...rules], problem: null });
  return {
    "mutes.list": mutes,
    "mutes.add": ({ rule }: RpcParams<"mutes.add">) => {
      rules.push(rule);
      return mutes();
    },
    "mutes.remove": (_: RpcParams<"mutes.remove">) => {
      rules.pop();
      return mutes();
    },
    "diagnosis.start": ({ pid }: { readonly pid: number }) =>
      scene === "empty" ? failed(failure("no-such-process", { pid })) : stateAt("/recordings/shop-api.refscope"),
    "diagnosis.state": ({ path }: { readonly path: string }) => stateAt(path),
    "diagnosis.stop": ({ path }: { readonly path: string }) => stateAt(path),
    "recording.trends": ({ of }: RpcParams<"recording.trends">) => {
      const seconds = Array.from({ length: 30 }, (_, at) => at + 1);
      const fills = (type: string | null) => type === held.type;
      return ok({
        seconds,
        live: of.map(({ type }) =>
          scene === "ended" ? null : seconds.map((at) => (fills(type) ? 4012 * (1 - 0.85 ** at) : 200 * at)),
        ),
      });
    },
    "diagnosis.report": ({ path }: { readonly path: string }) => told(path),
  };
}
