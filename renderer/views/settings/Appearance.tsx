// Settings in, how the page looks out: light or dark, contrast, density, digits, motion.
import { Choice } from "../../parts/Choice.tsx";
import { Count } from "../../parts/Count.tsx";
import { useApp } from "../../state/app-context.ts";
import { useReadable } from "../../state/use-poll.ts";
import { SettingRow } from "./SettingRow.tsx";
import { useChooseAppearance } from "./use-choose-appearance.ts";

const looks = [
  { value: "system", name: "As the system" },
  { value: "light", name: "Light" },
  { value: "dark", name: "Dark" },
  { value: "contrast", name: "High contrast" },
] as const;
const densities = [
  { value: "compact", name: "Compact" },
  { value: "usual", name: "Usual" },
  { value: "roomy", name: "Roomy" },
] as const;
const digitStyles = [
  { value: "exact", name: "12,345" },
  { value: "short", name: "12.3 k" },
] as const;
const motions = [
  { value: "system", name: "As the system" },
  { value: "none", name: "None" },
] as const;
const example = 1_284_310;

export function Appearance() {
  const { settings } = useApp();
  const now = useReadable(settings);
  const chooseLook = useChooseAppearance();
  const put = (change: Partial<typeof now>) => settings.set({ ...now, ...change });
  return (
    <section className="card pad">
      <h2>Look</h2>
      <SettingRow
        name="Colours"
        about="High contrast is light or dark as the system is. Forced colours are left alone. All are told apart by who sees fewer colours."
      >
        <Choice label="Colours" choices={looks} value={now.appearance} choose={chooseLook} />
      </SettingRow>
      <SettingRow name="Density">
        <Choice label="Density" choices={densities} value={now.density} choose={(density) => put({ density })} />
      </SettingRow>
      <SettingRow
        name="Counts in tables"
        about={
          <>
            1,284,310 objects stand there as <Count value={example} />. Sentences and copies are always exact.
          </>
        }
      >
        <Choice
          label="Counts in tables"
          choices={digitStyles}
          value={now.digits}
          choose={(digits) => put({ digits })}
        />
      </SettingRow>
      <SettingRow name="Motion">
        <Choice label="Motion" choices={motions} value={now.motion} choose={(motion) => put({ motion })} />
      </SettingRow>
    </section>
  );
}
