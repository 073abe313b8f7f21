// Nothing in, an engine that answers every row of the contract from a drawn situation out: states that no real target shows on
// demand (hostile names, unreadable files, a target lost at a known moment). The real thing is driven in real-target.spec.ts.
import { remedyOf } from "../../engine/preflight/remedies.ts";
import { findingMarkdown } from "../../engine/report/finding-markdown.ts";
import type { Callee } from "../../engine/rpc/rpc.ts";
import type { RecordingFacts, RecordingTold, SiteRow, TargetFacts, TypeRow } from "../../shared/documents.ts";
import { type Failure, fail, failed, failure, ok, type Result } from "../../shared/failures.ts";
import type { GilReport } from "../../shared/gil-document.ts";
import type { SeenProcess } from "../../shared/process-list.ts";
import { adviceOf } from "../../shared/remedy.ts";
import type { RecordingState, RpcName, RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import { auditReport, loadedModules } from "./audit-scene.ts";
import { diagnosisAnswers } from "./diagnosis-scene.ts";
import { errorRates, errorsReport, errorTimes } from "./errors-scene.ts";
import { flameAnswers } from "./flame-scene.ts";
import { GilScene, manyPattern, singlePattern, usualPattern } from "./gil-scene.ts";
import { heapAnswers } from "./heap-scene.ts";
import { historyReport, historySteps } from "./history-scene.ts";
import { hostile, planted } from "./hostile-answers.ts";
import { libraryAnswers, verified } from "./library-scene.ts";
import { flowAt, seriesAt, survivorsAt } from "./live-scene.ts";
import { markAnswers } from "./marks-scene.ts";
import { sampleReport } from "./sample-scene.ts";
import {
  checks,
  countsIn,
  liveSince,
  processes,
  type Scene,
  sessions,
  settledRows,
  siteRows,
  typeRows,
} from "./scene-rows.ts";

const livePath = "/recordings/shop-api.refscope";
const target = (scene: Scene): TargetFacts => ({
  pid: 41277,
  executable: "/usr/local/bin/python3.12",
  command:
    scene === "hostile" ? `python ${hostile}` : "/usr/local/bin/python3.12 -m gunicorn shop.wsgi:api --workers 4",
  python: "3.12.1",
  build: scene === "free-threaded" ? ["release", "free-threaded"] : ["release"],
  platform: "linux-x64",
});

type Answers = { readonly [N in RpcName]: (params: RpcParams<N>) => Result<RpcResult<N>> };

/** `round`: with which of the hostile texts its words begin, where it is about them. */
export function sceneEngine(scene: Scene, round = () => 0): Callee {
  const begun = performance.now();
  let stopped = false;
  const seconds = () => (scene === "many" ? 90 : 252 + (performance.now() - begun) / 1000);
  const state = (): RecordingState => {
    const now = stateAt(scene, seconds(), stopped);
    if (scene !== "attaching") return now;
    return { ...now, phase: "inject", target: null, heardSeconds: null, seconds: (performance.now() - begun) / 1000 };
  };
  const sites = (): readonly SiteRow[] => (scene === "empty" ? [] : siteRows(scene, seconds()));
  const types = (): readonly TypeRow[] => (scene === "empty" ? [] : typeRows(scene));
  const gil = gilOf(scene, seconds);
  const stop = () => {
    stopped = true;
    return ok(state());
  };
  const rows = scene === "empty" ? [] : sessions(scene, livePath);
  const secondsOf = (path: string) =>
    path === livePath ? seconds() : (rows.find((row) => row.path === path)?.seconds ?? seconds());
  const answers: Answers = {
    "processes.list": () => ok({ processes: [...processesOf(scene)] }),
    "doctor.run": ({ pid }) => {
      const made = checks(pid === 881).map((check) => (scene === "hostile" ? { ...check, detail: hostile } : check));
      return ok({ schema: "refscope.doctor/1", pid: pid ?? null, attachable: pid !== 881, checks: made });
    },
    "engine.settled": () => ok(settledRows.map((row) => (scene === "hostile" ? { ...row, value: hostile } : row))),
    "modules.list": () => ok(loadedModules(scene)),
    "recording.start": ({ pid }) => (scene === "denied" ? failed(scopeDenied(pid)) : ok(state())),
    "recording.stop": stop,
    "recording.states": () => ok(scene === "empty" || scene === "denied" ? [] : [state()]),
    "recording.series": () => ok(seriesAt(scene, seconds())),
    "recording.flow": ({ buckets }) => ok(flowAt(scene, seconds(), buckets)),
    "recording.types": ({ limit = 200 }) => {
      const steadiness = sites().map((site) => site.steadiness);
      return ok({ rows: types().slice(0, limit), steadiness: steadiness.slice(0, limit), of: types().length });
    },
    "recording.sites": ({ limit = 200 }) => ok({ rows: sites().slice(0, limit), of: sites().length }),
    "recording.facts": ({ path }) => toldAt(scene, path, secondsOf(path)),
    "recording.lacks": ({ path }) => {
      const told = toldAt(scene, path, secondsOf(path));
      return told.ok ? ok(told.value.recording) : told;
    },
    "recording.report": ({ path }) => {
      const told = toldAt(scene, path, secondsOf(path));
      if (!told.ok) return told;
      const lifecycle = { sites: [...sites()], types: [...types()] };
      return ok({ schema: "refscope.report/1", ...told.value, diagnosis: undefined, lifecycle });
    },
    "finding.markdown": ({ path, finding }) => {
      const told = toldAt(scene, path, seconds());
      return told.ok ? ok(findingMarkdown(finding, told.value)) : told;
    },
    ...flameAnswers(scene, rows),
    "recording.verify": ({ path }) => ok(verified(path, rows)),
    ...libraryAnswers(scene, rows),
    ...diagnosisAnswers(scene, target(scene)),
    "audit.report": () => ok(auditReport(scene, seconds())),
    "gil.now": () => ok(scene === "ended" || scene === "many" ? null : (gil?.now() ?? null)),
    "gil.report": () => ok(gil ? gilReport(scene, gil) : null),
    "gil.lanes": ({ fromMs, toMs, buckets }) => ok(gil?.lanes(fromMs, toMs, buckets) ?? null),
    "gil.holds": ({ fromMs, toMs, limit }) => ok(gil?.holds(fromMs, toMs, limit) ?? null),
    "gil.chain": ({ hold }) => ok(gil?.chain(hold) ?? null),
    "gil.distribution": () => ok(gil?.distribution() ?? null),
    "gil.contention": () => ok(gil?.distribution().contention ?? null),
    "errors.report": () => ok(scene === "uncollected" ? null : errorsReport(scene, seconds())),
    "history.report": ({ limit = 2000 }) => ok(historyReport(scene, limit)),
    "sample.report": () => ok(sampleReport(scene)),
    "history.steps": () => ok(historySteps(scene)),
    "errors.times": () => ok(scene === "uncollected" ? null : errorTimes(scene, seconds())),
    "errors.series": () => ok(scene === "uncollected" ? null : errorRates(scene, seconds())),
    "recording.survivors": ({ from, to, limit = 500 }) => ok(survivorsAt(scene, { from, to }, seconds(), limit)),
    ...heapAnswers(scene),
    ...markAnswers(scene, seconds),
    "sessions.list": () => ok({ schema: "refscope.sessions/1", sessions: [...rows] }),
  };
  const told = <T>(result: Result<T>) => (scene === "hostile" ? planted(result, round()) : result);
  const never = new Promise<never>(() => {});
  return {
    call: async <N extends RpcName>(name: N, params: RpcParams<N>) =>
      scene === "attaching" && name === "recording.start" ? never : told(answers[name](params)),
  };
}

function scopeDenied(pid: number): Failure {
  const remedies = [remedyOf.launch, remedyOf.letItself, remedyOf.sudo(pid), remedyOf.scopeOff];
  const why = "kernel.yama.ptrace_scope is 1";
  return { ...failure("ptrace-denied", { pid, why, advice: adviceOf(remedies) }), remedies };
}

function gilOf(scene: Scene, seconds: () => number): GilScene | undefined {
  if (scene === "uncollected" || scene === "free-threaded") return undefined;
  if (scene === "many") return new GilScene(() => manyPattern, false);
  const pattern = scene === "single" ? singlePattern : usualPattern;
  return new GilScene(() => pattern(seconds()), scene === "hostile");
}

function gilReport(scene: Scene, gil: GilScene): GilReport {
  const report = gil.report(scene === "hostile");
  if (scene === "quiet") return { ...report, threads: [], longHolds: [], blame: [], convoys: [], calls: [] };
  if (scene === "single") return { ...report, blame: [], convoys: [], longHolds: [] };
  return scene === "many" ? { ...report, convoys: [] } : report;
}

function processesOf(scene: Scene): readonly SeenProcess[] {
  if (scene === "empty") return [];
  if (scene !== "large") return processes(scene);
  const [first] = processes(scene);
  return first ? Array.from({ length: 3100 }, (_, at) => ({ ...first, pid: 1000 + at })) : [];
}

function stateAt(scene: Scene, seconds: number, stopped: boolean): RecordingState {
  const counts = countsIn(seconds);
  const ended = scene === "ended" ? failure("target-ended", { pid: 41277, how: "killed by signal 9" }) : undefined;
  const over = stopped || ended !== undefined || scene === "many";
  return {
    path: livePath,
    heardSeconds: over ? null : 0.1,
    steps: [
      { phase: "preflight", ms: 38 },
      { phase: "gateway", ms: 412 },
      { phase: "inject", ms: 1300 },
    ],
    phase: over ? "closed" : "recording",
    target: target(scene),
    seconds,
    bytes: 19_083_878,
    produced: counts,
    stored: counts,
    dropped: { allocations: scene === "hostile" ? 1204 : 0, frees: 0 },
    rate: over ? 0 : 2_100_000,
    roomSeconds: scene === "narrow" ? 190 : 33_000,
    rssBytes: over ? null : 241_172_480,
    trimmed: scene === "narrow",
    ended: ended ? { code: ended.code, cause: ended.cause, fix: ended.fix } : null,
  };
}

function toldAt(scene: Scene, path: string, seconds: number): Result<RecordingTold> {
  if (path.includes("damaged")) return fail("bad-recording", { path, why: "the file ends inside a page" });
  const { produced, stored, dropped } = stateAt(scene, seconds, true);
  const notObserved = [
    "Objects that existed before attaching have no allocation site; only what was allocated since is counted.",
  ];
  if (scene === "hostile") notObserved.push(hostile);
  const status = statusOf(scene, path);
  const counts = { produced, stored, dropped };
  return ok({
    target: target(scene),
    recording: { startedAt: liveSince, seconds, status, collected: collectedAt(scene), ...counts, notObserved },
    diagnosis: null,
  });
}

const collectedAt = (scene: Scene): string[] =>
  scene === "uncollected" ? ["lifecycle"] : ["lifecycle", ...(scene === "free-threaded" ? [] : ["gil"]), "errors"];

function statusOf(scene: Scene, path: string): RecordingFacts["status"] {
  if (path.includes("night")) return "recovered";
  return path === livePath && scene !== "ended" ? "recording" : "closed";
}
