// Settings in, every key with the switch for those of one character out.
import { Choice } from "../../parts/Choice.tsx";
import { KeyList } from "../../parts/KeyList.tsx";
import { useApp } from "../../state/app-context.ts";
import { useReadable } from "../../state/use-poll.ts";
import { SettingRow } from "./SettingRow.tsx";

const choices = [
  { value: true, name: "On" },
  { value: false, name: "Off" },
] as const;

export function KeySettings() {
  const { settings } = useApp();
  const now = useReadable(settings);
  return (
    <section className="card pad">
      <h2>Keys</h2>
      <SettingRow
        name="Keys of one character"
        about="Off: a word that is dictated, or a key that is touched, does nothing. Ctrl+K finds every command still."
      >
        <Choice
          label="Keys of one character"
          choices={choices}
          value={now.characterKeys}
          choose={(characterKeys) => settings.set({ ...now, characterKeys })}
        />
      </SettingRow>
      <details>
        <summary>All keys</summary>
        <KeyList />
      </details>
    </section>
  );
}
