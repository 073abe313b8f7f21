// The engine's front door: calls of the rpc contract in, results out. Doors know nothing else of the engine. What is running
// lives in the instance. Next: session/ records, queries.ts reads.
import type { Comparison } from "../shared/comparison-document.ts";
import { failed, ok, type Result } from "../shared/failures.ts";
import type { RecordingState, RecordRequest, RpcName, RpcParams, RpcResult } from "../shared/rpc-contract.ts";
import { HeapDesk } from "./analysis/heap/worker/heap-desk.ts";
import { compareRuns, type RunsRequest } from "./compare/runs.ts";
import { Diagnoses, withOut } from "./diagnosis/diagnoses.ts";
import { diagnosisMeans, queryDiagnosis } from "./diagnosis/query.ts";
import { type ExportRequest, exportRecording } from "./export/export.ts";
import type { Exported } from "./export/write-file.ts";
import { GatewayKeeper } from "./gateway/keeper.ts";
import { doctor } from "./preflight/doctor.ts";
import { extensionModules } from "./preflight/extension-modules.ts";
import { listProcesses } from "./preflight/processes.ts";
import {
  queryAudit,
  queryComparison,
  queryDistribution,
  queryErrorRates,
  queryErrors,
  queryGil,
  queryGilNow,
  queryHeap,
  queryHistory,
  queryHistorySteps,
  queryHolds,
  queryLanes,
  queryReport,
  querySample,
  querySeries,
  querySites,
  queryTypes,
  reading,
  sessionRow,
} from "./queries.ts";
import type { Callee } from "./rpc/rpc.ts";
import { Library } from "./session/library.ts";
import { notSeenBefore, type Program, recordFromStart, startProgram } from "./session/program.ts";
import { recordingOf } from "./session/program-recording.ts";
import { Recordings } from "./session/recordings.ts";
import { overriding } from "./session/session.ts";
import { targetName } from "./session/target-name.ts";

export interface Engine extends Callee {
  /** The same calls for a door that strangers can reach: it may name recordings of the library and those opened here, no other file. */
  readonly guarded: Callee;
  /** Starts a program with our terminal and records it from as early as possible. */
  run(argv: readonly string[], request: Omit<RecordRequest, "pid">): Promise<Result<RecordingState>>;
  /** Writes a recording for another tool; not for doors that strangers can reach, because it names a file to write. */
  export(path: string, request: ExportRequest): Result<Exported>;
  /** Records a command under two Pythons in turn and compares them; `talk` hears how far it is. */
  compareRuns(request: RunsRequest, talk: (line: string) => void): Promise<Result<Comparison>>;
  /** Stops what records; waits for a program of `run`, unless its recording was still going on. */
  close(): Promise<void>;
}
type Handlers = {
  readonly [N in RpcName]: (params: RpcParams<N>) => Promise<Result<RpcResult<N>>> | Result<RpcResult<N>>;
};

export function createEngine(library: Library = new Library()): Engine {
  const recordings = new Recordings(library, new GatewayKeeper());
  const diagnoses = new Diagnoses(diagnosisMeans(recordings));
  const programs: Program[] = [];
  const heap = new HeapDesk();
  const parts = { library, recordings, diagnoses, heap };
  const open = handlersOf(parts, (path) => {
    library.opened(path);
    return ok(path);
  });
  const guarded = handlersOf(parts, (path) => library.allowed(path));
  return {
    ...callee(open),
    guarded: callee(guardStart(guarded, library)),
    async run(argv, request) {
      const program = await startProgram(argv);
      if (!program.ok) return program;
      programs.push(program.value);
      const { pid } = program.value;
      const record = () =>
        recordings.start({ ...request, pid }, { notObserved: [notSeenBefore], endsWithTarget: true });
      const started = await recordFromStart(program.value, record, overriding(request));
      // Nobody asked to run it unrecorded.
      if (!started.ok) program.value.terminate();
      return started;
    },
    export(path, request) {
      const written = reading(path, (reader) => exportRecording(reader, request));
      return written.ok ? written.value : written;
    },
    compareRuns: (request, talk) => compareRuns(request, recordingOf(recordings), talk),
    async close() {
      diagnoses.stopAll();
      await heap.close();
      const hurried = await recordings.close();
      if (!hurried) await Promise.all(programs.map(({ ended }) => ended));
    },
  };
}

interface Parts {
  readonly library: Library;
  readonly recordings: Recordings;
  readonly diagnoses: Diagnoses;
  readonly heap: HeapDesk;
}

function handlersOf(
  { library, recordings, diagnoses, heap }: Parts,
  mayRead: (path: string) => Result<string>,
): Handlers {
  const on =
    <P extends { readonly path: string }, T>(query: (params: P) => Promise<Result<T>> | Result<T>) =>
    (params: P) => {
      const path = mayRead(params.path);
      return path.ok ? query({ ...params, path: path.value }) : failed(path.failure);
    };
  return {
    "processes.list": () => ok({ schema: "refscope.ps/1", processes: listProcesses() }),
    "doctor.run": async ({ pid }) => ok(await doctor(pid)),
    "modules.list": ({ pid }) => extensionModules(pid),
    "recording.start": (request) => recordings.start(request),
    "recording.stop": ({ path }) => recordings.stop(path),
    "recording.states": () => ok([...recordings.states()]),
    "recording.series": on(querySeries),
    "recording.types": on(queryTypes),
    "recording.sites": on(querySites),
    "recording.report": on(({ path }) => queryReport(path)),
    "recording.compare": ({ a, b, per }) => {
      const [first, second] = [mayRead(a), mayRead(b)];
      if (!first.ok) return failed(first.failure);
      if (!second.ok) return failed(second.failure);
      return queryComparison({ a: first.value, b: second.value, per });
    },
    "gil.now": on(queryGilNow),
    "gil.report": on(queryGil),
    "gil.lanes": on(queryLanes),
    "gil.holds": on(queryHolds),
    "gil.distribution": on(queryDistribution),
    "errors.report": on(queryErrors),
    "errors.series": on(queryErrorRates),
    "history.report": on(queryHistory),
    "history.steps": on(queryHistorySteps),
    "sample.report": on(querySample),
    "audit.report": on(queryAudit),
    "diagnosis.start": (request) => {
      const out = request.out === undefined ? newPath(library, request.pid) : ok(request.out);
      return out.ok ? diagnoses.start(withOut(request, out.value)) : failed(out.failure);
    },
    "diagnosis.state": ({ path }) => diagnoses.state(path),
    "diagnosis.stop": ({ path }) => diagnoses.stop(path),
    "diagnosis.report": on(({ path }) => queryDiagnosis(path)),
    "heap.take": (request) => recordings.takeHeap(request),
    "heap.list": on(queryHeap),
    "heap.report": on((params) => heap.ask("heap.report", params)),
    "heap.types": on((params) => heap.ask("heap.types", params)),
    "heap.objects": on((params) => heap.ask("heap.objects", params)),
    "heap.dominators": on((params) => heap.ask("heap.dominators", params)),
    "heap.why": on((params) => heap.ask("heap.why", params)),
    "heap.compare": on((params) => heap.ask("heap.compare", params)),
    "sessions.list": () => ok({ schema: "refscope.sessions/1", sessions: library.list().map(sessionRow) }),
  };
}

const newPath = (library: Library, pid: number): Result<string> => library.newPath(targetName(pid), pid, new Date());

/** Such a door may also not say where else a new file goes. */
function guardStart(handlers: Handlers, library: Library): Handlers {
  return {
    ...handlers,
    "recording.start": async (request) => {
      const out = request.out === undefined ? ok(undefined) : library.allowedNew(request.out);
      return out.ok ? await handlers["recording.start"](request) : failed(out.failure);
    },
    "diagnosis.start": async (request) => {
      const out = request.out === undefined ? ok(undefined) : library.allowedNew(request.out);
      return out.ok ? await handlers["diagnosis.start"](request) : failed(out.failure);
    },
  };
}

const callee = (handlers: Handlers): Callee => ({ call: async (name, params) => await handlers[name](params) });
