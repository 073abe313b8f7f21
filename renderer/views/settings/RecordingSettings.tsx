// Settings in, what a recording begun in the page is like out; the same as options of the command line stands below.
import { useId } from "react";
import { bytes, duration } from "../../logic/format.ts";
import { frameCounts, longHolds, optionsOf, privacies, type RecordingDefaults, sizes } from "../../logic/settings.ts";
import { Choice } from "../../parts/Choice.tsx";
import { Collect } from "../../parts/Collect.tsx";
import { useApp } from "../../state/app-context.ts";
import { useReadable } from "../../state/use-poll.ts";
import { SettingRow } from "./SettingRow.tsx";

const privacyWords = { minimal: "Minimal", standard: "Standard", full: "Full" } as const;
const privacyAbout = {
  minimal: "Types, functions and relative paths; no command line, no names of threads.",
  standard: "Also file names, thread names and the command line, with secrets masked.",
  full: "Also the messages of exceptions.",
} as const;

export function RecordingSettings() {
  const { settings } = useApp();
  const now = useReadable(settings);
  const { recording } = now;
  const put = (change: Partial<RecordingDefaults>) => settings.set({ ...now, recording: { ...recording, ...change } });
  return (
    <section className="card pad">
      <h2>Recordings begun here</h2>
      <SettingRow name="What" about="A form can still ask for something else.">
        <Collect
          collect={recording.collect}
          change={(collect) => collect.length > 0 && put({ collect: [...collect] })}
        />
      </SettingRow>
      <FramesField value={recording.frames} put={put} />
      <SettingRow name="Privacy" about={`${privacyAbout[recording.privacy]} Diagnoses and snapshots too.`}>
        <Choice
          label="Privacy"
          choices={privacies.map((value) => ({ value, name: privacyWords[value] }))}
          value={recording.privacy}
          choose={(privacy) => put({ privacy })}
        />
      </SettingRow>
      <SizeField value={recording.maxBytes} put={put} />
      <HoldField value={recording.gilThresholdMs} put={put} />
      <p className="faint">
        On the command line: <code>refscope record PID {optionsOf(recording)}</code>
      </p>
    </section>
  );
}

type Put = (change: Partial<RecordingDefaults>) => void;

function FramesField({ value, put }: { readonly value: RecordingDefaults["frames"]; readonly put: Put }) {
  const id = useId();
  return (
    <SettingRow name="Frames of each allocation" htmlFor={id} about="More of them tell more and cost more.">
      <select
        id={id}
        value={value}
        onChange={({ target }) => put({ frames: frameCounts.find((one) => String(one) === target.value) ?? value })}
      >
        {frameCounts.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </SettingRow>
  );
}

function SizeField({ value, put }: { readonly value: RecordingDefaults["maxBytes"]; readonly put: Put }) {
  const id = useId();
  return (
    <SettingRow
      name="Longest file"
      htmlFor={id}
      about="A recording that is longer keeps its latest part. Diagnoses and snapshots too."
    >
      <select
        id={id}
        value={value}
        onChange={({ target }) => put({ maxBytes: sizes.find((one) => String(one) === target.value) ?? value })}
      >
        {sizes.map((one) => (
          <option key={one} value={one}>
            {one === 0 ? "as long as there is room" : bytes(one)}
          </option>
        ))}
      </select>
    </SettingRow>
  );
}

function HoldField({ value, put }: { readonly value: RecordingDefaults["gilThresholdMs"]; readonly put: Put }) {
  const id = useId();
  return (
    <SettingRow name="A long hold of the GIL" htmlFor={id} about="From this on it is told with its stack.">
      <select
        id={id}
        value={value}
        onChange={({ target }) =>
          put({ gilThresholdMs: longHolds.find((one) => String(one) === target.value) ?? value })
        }
      >
        {longHolds.map((one) => (
          <option key={one} value={one}>
            {duration(one / 1000)}
          </option>
        ))}
      </select>
    </SettingRow>
  );
}
