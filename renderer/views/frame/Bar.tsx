// The present recording in, the top bar out: the target, what is recorded, what was lost, and what can be done with it. Next: Doings.tsx.
import type { ReactNode } from "react";
import type { TargetFacts } from "../../../shared/documents.ts";
import { visible } from "../../logic/escape.ts";
import { clock, counted } from "../../logic/format.ts";
import { overheadMeans, overheadWords } from "../../logic/frame-words.ts";
import { known } from "../../logic/loadable.ts";
import { fromState, type RecordingView, targetName } from "../../logic/recording.ts";
import { Words } from "../../parts/Words.tsx";
import { usePresent, useRecording } from "../../state/use-recording.ts";
import { Doings } from "./Doings.tsx";

interface Given {
  readonly path: string | undefined;
  readonly command: string | undefined;
}

export function Bar({ path, command }: Given) {
  const state = usePresent(path);
  return (
    <header className="bar">
      <span className="brand">Refscope</span>
      <div className="facts">
        {state ? (
          <Facts view={fromState(state)} overhead={overheadWords(state)} />
        ) : path === undefined ? (
          <Nothing />
        ) : (
          <FromFile path={path} />
        )}
      </div>
      <Doings path={path} command={command} />
    </header>
  );
}

const Nothing = () => <span className="faint">nothing is being recorded</span>;

function FromFile({ path }: { readonly path: string }) {
  const view = known(useRecording(path).view);
  return view ? <Facts view={view} /> : null;
}

const statusWords = {
  starting: "attaching",
  recording: "recording",
  stopping: "stopping",
  closed: "recorded",
  recovered: "recovered",
} as const;

interface FactsGiven {
  readonly view: RecordingView;
  readonly overhead?: string | undefined;
}
function Facts({ view, overhead }: FactsGiven) {
  const { target, status } = view;
  return (
    <>
      <span className="chip">
        <span className="dot" data-status={status} />
        {target ? <Target target={target} /> : <Words text={view.name} max={40} />}
      </span>
      <span className="quiet">
        {statusWords[status]} {clock(view.seconds)}
      </span>
      <Dropped dropped={view.dropped} />
      {overhead !== undefined && (
        <span className="faint" title={overheadMeans}>
          overhead {overhead}
        </span>
      )}
    </>
  );
}

/** A release build is not worth a word; a debug or free-threaded one explains much. */
function Target({ target }: { readonly target: TargetFacts }): ReactNode {
  const build = target.build.filter((word) => word !== "release");
  return (
    <>
      <span className="name" title={visible(target.command)}>
        <Words text={targetName(target)} max={40} />
      </span>
      <span className="quiet">{target.pid}</span>
      <span className="quiet">
        CPython <Words text={[target.python, ...build].join(" ")} max={40} />
      </span>
      <span className="faint platform">
        <Words text={target.platform} max={24} />
      </span>
    </>
  );
}

function Dropped({ dropped }: { readonly dropped: number }) {
  if (dropped === 0) return <span className="faint">0 dropped</span>;
  return (
    <span className="tag" data-meaning="held">
      ⚠ {counted(dropped, "event", "events")} dropped
    </span>
  );
}
