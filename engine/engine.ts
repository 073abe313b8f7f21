// The engine's front door: calls of the rpc contract in, results out. Doors know nothing else of the engine. What is running
// lives in the instance. Next: session/ records, queries.ts reads.
import { comparisonEndings } from "../shared/comparison-calls.ts";
import type { Comparison } from "../shared/comparison-document.ts";
import { failed, ok, type Result } from "../shared/failures.ts";
import type { RecordingState, RecordRequest, RpcName, RpcParams, RpcResult } from "../shared/rpc-contract.ts";
import { HeapDesk } from "./analysis/heap/worker/heap-desk.ts";
import { compareRuns, type RunsRequest } from "./compare/runs.ts";
import type { AskedName } from "./desk/asked.ts";
import { Reading } from "./desk/reading.ts";
import { Diagnoses, withOut } from "./diagnosis/diagnoses.ts";
import { addMute, muteFile, readMutes, removeMute } from "./diagnosis/mutes.ts";
import { diagnosisMeans, queryDiagnosis } from "./diagnosis/query.ts";
import { isForeign } from "./evidence/foreign.ts";
import type { Job, JobResult } from "./evidence/jobs.ts";
import { Readers } from "./evidence/readers.ts";
import { doctor } from "./far/doctor.ts";
import { FarMachine, type Machine, thisMachine } from "./far/machine.ts";
import type { RemoteDevice } from "./gateway/device.ts";
import { GatewayKeeper } from "./gateway/keeper.ts";
import { openGateway } from "./gateway/open-gateway.ts";
import { type LibraryDesk, libraryHandlers, openLibraryDesk } from "./library/calls.ts";
import { exportToTake } from "./library/exports.ts";
import { queryRecordingMarkdown } from "./library/markdown.ts";
import type { Offered } from "./library/offers.ts";
import { markCalls } from "./marks/calls.ts";
import { MarksThread } from "./marks/marks-thread.ts";
import { extensionModules } from "./preflight/extension-modules.ts";
import { queryGilNow, queryHeap } from "./queries.ts";
import { queryMarks } from "./queries-marks.ts";
import type { Callee } from "./rpc/rpc.ts";
import { Library } from "./session/library.ts";
import { notSeenBefore, type Program, recordFromStart, startProgram } from "./session/program.ts";
import { recordingOf } from "./session/program-recording.ts";
import { Recordings } from "./session/recordings.ts";
import { overriding } from "./session/session.ts";
import { targetName } from "./session/target-name.ts";
import { settledBy } from "./settled.ts";
import type { Progress } from "./store/seal.ts";

export interface Engine extends Callee {
  /** The same calls for a door that strangers can reach: it may name recordings of the library and those opened here, no other file. */
  readonly guarded: Callee;
  /** Starts a program with our terminal and records it from as early as possible. */
  run(argv: readonly string[], request: Omit<RecordRequest, "pid">): Promise<Result<RecordingState>>;
  /** Verifies, salvages, redacts or exports a recording; not for doors that strangers can reach, because it names a file to write. */
  work<J extends Job>(job: J, talk?: Progress): Promise<Result<JobResult<J["kind"]>>>;
  /** The file that a ticket of `library.offer` is for; undefined the second time. */
  offered(ticket: string): Offered | undefined;
  /** Records a command under two Pythons in turn and compares them; `talk` hears how far it is. */
  compareRuns(request: RunsRequest, talk: (line: string) => void): Promise<Result<Comparison>>;
  /** Stops what records; waits for a program of `run`, unless its recording was still going on. */
  close(): Promise<void>;
}
type Handlers = {
  readonly [N in RpcName]: (params: RpcParams<N>) => Promise<Result<RpcResult<N>>> | Result<RpcResult<N>>;
};

/** The machine behind a device, and the folder that REFSCOPE_PROC names for its processes. */
export interface Far {
  readonly device: RemoteDevice;
  readonly folder: string;
}

export function createEngine(library: Library = new Library(), far?: Far): Engine {
  const gateway = new GatewayKeeper(() => openGateway(undefined, far?.device));
  const machine = far ? new FarMachine(() => gateway.get(), far.device.address, far.folder) : thisMachine;
  const recordings = new Recordings(library, gateway, machine);
  const diagnoses = new Diagnoses(diagnosisMeans(recordings));
  const programs: Program[] = [];
  const heap = new HeapDesk();
  const readers = new Readers();
  const reading = new Reading();
  const desk = openLibraryDesk({ library, recordings, readers });
  const parts = { library, machine, recordings, diagnoses, heap, readers, reading, desk, marks: new MarksThread() };
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
    work: (job, talk) => readers.work(job, !isForeign(job.path, library.folder), talk),
    offered: (ticket) => desk.offers.take(ticket),
    compareRuns: (request, talk) => compareRuns(request, recordingOf(recordings), talk),
    async close() {
      diagnoses.stopAll();
      desk.receiving.close();
      desk.outbox.close();
      readers.close();
      await Promise.all([heap.close(), reading.close()]);
      const hurried = await recordings.close();
      if (!hurried) await Promise.all(programs.map(({ ended }) => ended));
    },
  };
}

interface Parts {
  readonly library: Library;
  readonly machine: Machine;
  readonly recordings: Recordings;
  readonly diagnoses: Diagnoses;
  readonly heap: HeapDesk;
  readonly readers: Readers;
  readonly reading: Reading;
  readonly marks: MarksThread;
  readonly desk: LibraryDesk;
}
/** Calls that name one recording. */
type PathCall = { [N in RpcName]: RpcParams<N> extends { readonly path: string } ? N : never }[RpcName];

/** And those that name two. */
type PairCall = {
  [N in RpcName]: RpcParams<N> extends { readonly a: string; readonly b: string } ? N : never;
}[RpcName];

function handlersOf(
  { library, machine, recordings, diagnoses, heap, readers, reading, desk, marks: thread }: Parts,
  mayRead: (path: string) => Result<string>,
): Handlers {
  const foreign = (path: string) => isForeign(path, library.folder) && !recordings.has(path);
  const on =
    <N extends PathCall>(
      name: N,
      query: (params: RpcParams<N>) => Promise<Result<RpcResult<N>>> | Result<RpcResult<N>>,
    ) =>
    (params: RpcParams<N>) => {
      const path = mayRead(params.path);
      if (!path.ok) return failed(path.failure);
      const asked = { ...params, path: path.value };
      return foreign(path.value) ? readers.call(path.value, name, asked) : query(asked);
    };
  const asked = <N extends AskedName & PathCall>(name: N) =>
    on(name, (params) => reading.ask(params.path, name, params));
  const askedOfTwo =
    <N extends AskedName & PairCall>(name: N) =>
    (params: RpcParams<N>) => {
      const [first, second] = [mayRead(params.a), mayRead(params.b)];
      if (!first.ok) return failed(first.failure);
      if (!second.ok) return failed(second.failure);
      const known = { ...params, a: first.value, b: second.value };
      return foreign(known.a) || foreign(known.b)
        ? readers.call(known.a, name, known)
        : reading.askOfTwo([known.a, known.b], name, known);
    };
  const compared = askedOfTwo("comparison.text");
  const markdown = on("recording.markdown", queryRecordingMarkdown);
  /** What reads all of a recording. */
  const askedAside = <N extends AskedName & PathCall>(name: N) =>
    on(name, (params) => reading.askAside(params.path, name, params));
  const page = askedAside("recording.page");
  return {
    "processes.list": async () => {
      const processes = await machine.list();
      return processes.ok ? ok({ processes: processes.value }) : processes;
    },
    "doctor.run": ({ pid }) => doctor(machine, pid),
    "modules.list": ({ pid }) => extensionModules(pid),
    "recording.start": (request) => recordings.start(request),
    "recording.stop": ({ path }) => recordings.stop(path),
    "recording.states": () => ok([...recordings.states()]),
    "recording.series": asked("recording.series"),
    "recording.flow": asked("recording.flow"),
    "recording.types": asked("recording.types"),
    "recording.sites": asked("recording.sites"),
    "recording.survivors": asked("recording.survivors"),
    "recording.trends": asked("recording.trends"),
    "recording.facts": asked("recording.facts"),
    "recording.lacks": askedAside("recording.lacks"),
    "recording.report": asked("recording.report"),
    "recording.marks": on("recording.marks", queryMarks),
    "recording.intervals": asked("recording.intervals"),
    ...markCalls({ thread, mayRead, foreign, live: (path, change) => recordings.mark(path, change) }),
    "recording.verify": ({ path }) => {
      const known = mayRead(path);
      return known.ok
        ? readers.work({ kind: "verify", path: known.value }, !foreign(known.value))
        : failed(known.failure);
    },
    "recording.compare": askedOfTwo("recording.compare"),
    "recording.flame": asked("recording.flame"),
    "recording.source": asked("recording.source"),
    "comparison.flame": askedOfTwo("comparison.flame"),
    "comparison.text": compared,
    "comparison.offer": async (params) => {
      const text = await compared(params);
      return text.ok ? desk.outbox.text(`comparison${comparisonEndings[params.format]}`, text.value) : text;
    },
    "gil.now": on("gil.now", queryGilNow),
    "gil.report": asked("gil.report"),
    "gil.lanes": asked("gil.lanes"),
    "gil.holds": asked("gil.holds"),
    "gil.chain": asked("gil.chain"),
    "gil.distribution": asked("gil.distribution"),
    "gil.contention": asked("gil.contention"),
    "errors.report": asked("errors.report"),
    "errors.times": asked("errors.times"),
    "errors.series": asked("errors.series"),
    "history.report": asked("history.report"),
    "history.steps": asked("history.steps"),
    "sample.report": asked("sample.report"),
    "audit.report": asked("audit.report"),
    "diagnosis.start": (request) => {
      const out = request.out === undefined ? newPath(library, request.pid) : ok(request.out);
      return out.ok ? diagnoses.start(withOut(request, out.value)) : failed(out.failure);
    },
    "diagnosis.state": ({ path }) => diagnoses.state(path),
    "diagnosis.stop": ({ path }) => diagnoses.stop(path),
    "mutes.list": () => ok(readMutes(muteFile())),
    "mutes.add": ({ rule }) => addMute(muteFile(), rule),
    "mutes.remove": ({ rule }) => removeMute(muteFile(), rule),
    "diagnosis.report": on("diagnosis.report", ({ path }) => queryDiagnosis(path)),
    "finding.markdown": askedAside("finding.markdown"),
    "heap.take": (request) => recordings.takeHeap(request),
    "heap.list": on("heap.list", queryHeap),
    "heap.report": on("heap.report", (params) => heap.ask("heap.report", params)),
    "heap.types": on("heap.types", (params) => heap.ask("heap.types", params)),
    "heap.objects": on("heap.objects", (params) => heap.ask("heap.objects", params)),
    "heap.dominators": on("heap.dominators", (params) => heap.ask("heap.dominators", params)),
    "heap.why": on("heap.why", (params) => heap.ask("heap.why", params)),
    "heap.compare": on("heap.compare", (params) => heap.ask("heap.compare", params)),
    ...libraryHandlers({ library, readers }, desk, mayRead),
    "recording.markdown": markdown,
    "recording.page": page,
    "recording.export": (asked) => {
      const path = mayRead(asked.path);
      if (!path.ok) return failed(path.failure);
      const report = async (of: RpcParams<"recording.page">, format: "markdown" | "html") =>
        format === "html" ? await page(of) : await markdown({ ...of, of: "report" });
      const means = { outbox: desk.outbox, readers, isForeign: foreign, report };
      return exportToTake({ ...asked, path: path.value }, means);
    },
    "engine.settled": () => ok([...settledBy(library)]),
    "sessions.list": () => ok({ schema: "refscope.sessions/1", sessions: desk.shelf.rows() }),
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
