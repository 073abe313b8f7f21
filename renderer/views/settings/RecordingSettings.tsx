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
      <Picked
        name="Frames of each allocation"
        about="More of them tell more and cost more."
        choices={frameCounts}
        words={String}
        value={recording.frames}
        choose={(frames) => put({ frames })}
      />
      <SettingRow name="Privacy" about={`${privacyAbout[recording.privacy]} Diagnoses and snapshots too.`}>
        <Choice
          label="Privacy"
          choices={privacies.map((value) => ({ value, name: privacyWords[value] }))}
          value={recording.privacy}
          choose={(privacy) => put({ privacy })}
        />
      </SettingRow>
      <Picked
        name="Longest file"
        about="A recording that is longer keeps its latest part. Diagnoses and snapshots too."
        choices={sizes}
        words={(size) => (size === 0 ? "as long as there is room" : bytes(size))}
        value={recording.maxBytes}
        choose={(maxBytes) => put({ maxBytes })}
      />
      <Picked
        name="A long hold of the GIL"
        about="From this on it is told with its stack."
        choices={longHolds}
        words={(ms) => duration(ms / 1000)}
        value={recording.gilThresholdMs}
        choose={(gilThresholdMs) => put({ gilThresholdMs })}
      />
      <p className="faint">
        On the command line: <code>refscope record PID {optionsOf(recording)}</code>
      </p>
    </section>
  );
}

interface PickedGiven<T extends number> {
  readonly name: string;
  readonly about: string;
  readonly choices: readonly T[];
  readonly words: (choice: T) => string;
  readonly value: T;
  readonly choose: (choice: T) => void;
}
function Picked<T extends number>({ name, about, choices, words, value, choose }: PickedGiven<T>) {
  const id = useId();
  return (
    <SettingRow name={name} htmlFor={id} about={about}>
      <select
        id={id}
        value={value}
        onChange={({ target }) => choose(choices.find((one) => String(one) === target.value) ?? value)}
      >
        {choices.map((one) => (
          <option key={one} value={one}>
            {words(one)}
          </option>
        ))}
      </select>
    </SettingRow>
  );
}
