// What was kept of somebody's settings in, settings that are whole out: what is not understood is as it is at first. Next: state/settings.ts.
import * as v from "valibot";
import { collectable, type RecordRequest } from "../../shared/rpc-contract.ts";

export const appearances = ["system", "light", "dark", "contrast"] as const;
export const densities = ["compact", "usual", "roomy"] as const;
export const digitStyles = ["exact", "short"] as const;
export const motions = ["system", "none"] as const;
export const privacies = ["minimal", "standard", "full"] as const;
export const frameCounts = [1, 4, 8, 16, 32] as const;
/** 0: as much as the disk has room for. */
export const sizes = [0, 100e6, 500e6, 2e9] as const;
/** Milliseconds. */
export const longHolds = [1, 5, 10, 50, 100, 1000] as const;

const or = <const T extends readonly (string | number)[]>(choices: T, first: T[number]) =>
  v.fallback(v.picklist(choices), first);
const recording = v.object({
  frames: or(frameCounts, 1),
  collect: v.fallback(v.pipe(v.array(v.picklist(collectable)), v.minLength(1)), ["lifecycle"]),
  privacy: or(privacies, "standard"),
  maxBytes: or(sizes, 0),
  gilThresholdMs: or(longHolds, 10),
});
const schema = v.object({
  appearance: or(appearances, "system"),
  density: or(densities, "usual"),
  digits: or(digitStyles, "exact"),
  motion: or(motions, "system"),
  /** Letters and signs alone do something: WCAG 2.1.4 asks for a way to switch that off. */
  characterKeys: v.fallback(v.boolean(), true),
  recording: v.fallback(recording, v.parse(recording, {})),
});
export type Settings = v.InferOutput<typeof schema>;
export type RecordingDefaults = Settings["recording"];

export const usualSettings: Settings = v.parse(schema, {});

/** The text is what a browser kept: any page of this address could have written it. */
export function readSettings(text: string | null | undefined): Settings {
  const kept = v.safeParse(schema, parsed(text));
  return kept.success ? kept.output : usualSettings;
}

function parsed(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? "{}");
  } catch {
    return undefined;
  }
}

/** What each recording that is begun here is asked to be, those of a diagnosis and a snapshot too. Only what differs from the engine's own is said. */
export const ofEach = ({ privacy, maxBytes }: RecordingDefaults): Pick<RecordRequest, "privacy" | "maxBytes"> => ({
  ...(privacy === "standard" ? {} : { privacy }),
  ...(maxBytes === 0 ? {} : { maxBytes }),
});

/** What a request takes of the defaults, beside what its form asks for. */
export function requestOf(defaults: RecordingDefaults, collect: readonly string[]): Omit<RecordRequest, "pid"> {
  const { gilThresholdMs } = defaults;
  return {
    ...ofEach(defaults),
    ...(gilThresholdMs === 10 || !collect.includes("gil") ? {} : { gilThresholdMs }),
  };
}

/** The same as options of `refscope record`. */
export function optionsOf({ frames, collect, privacy, maxBytes, gilThresholdMs }: RecordingDefaults): string {
  const words = [
    frames !== 1 && `--frames ${frames}`,
    collect.join() !== "lifecycle" && `--collect ${collect.join(",")}`,
    privacy !== "standard" && `--privacy ${privacy}`,
    maxBytes !== 0 && `--max-size ${maxBytes / 1e6}MB`,
    gilThresholdMs !== 10 && `--gil-threshold ${gilThresholdMs}ms`,
  ];
  return words.filter(Boolean).join(" ");
}
