// What a recording is asked to be in, the facts that it keeps of that, of its target and of who writes it, out. Used by recorder.ts.
import type { TargetFacts } from "../../shared/documents.ts";
import type { Bytes } from "../../shared/units.ts";
import { ownIdentity } from "../store/identity.ts";
import { type Privacy, privatePath, privateTarget } from "./privacy.ts";
import type { ReadSource } from "./source-recorder.ts";

export interface RecorderOptions {
  readonly path: string;
  readonly target: TargetFacts;
  readonly collected: readonly string[];
  readonly startedAt: Date;
  readonly privacy: Privacy;
  readonly maxBytes?: Bytes;
  /** Where the GIL is followed: from when on a hold is a long one. */
  readonly gilThresholdMs?: number;
  /** Where errors are followed: also everything that clears or overwrites one. */
  readonly errorDetails?: boolean;
  /** The module that is audited, as it was asked for. */
  readonly audit?: { readonly module: string; readonly guard?: boolean | undefined };
  /** The site of a sample, as it was asked for. */
  readonly sample?: { readonly site: string; readonly objects: number };
  /** Chunks of holds are kept up to so many bytes, also where nothing else limits the recording. */
  readonly maxHoldBytes?: Bytes;
  readonly readSource?: ReadSource;
}
export function metaOf(options: RecorderOptions, gilThresholdMs: number): Readonly<Record<string, string>> {
  const target = privateTarget(options.target, options.privacy);
  const writer = ownIdentity();
  return {
    startedAt: options.startedAt.toISOString(),
    collected: JSON.stringify(options.collected),
    privacy: options.privacy,
    ...(options.collected.includes("gil") ? { "gil.thresholdMs": String(gilThresholdMs) } : {}),
    ...(options.errorDetails === undefined ? {} : { "errors.details": String(options.errorDetails) }),
    ...(options.audit
      ? {
          "audit.module": privatePath(options.audit.module, options.privacy),
          "audit.guard": String(options.audit.guard ?? false),
        }
      : {}),
    ...(options.sample
      ? {
          "sample.site": privatePath(options.sample.site, options.privacy),
          "sample.objects": String(options.sample.objects),
        }
      : {}),
    "target.pid": String(target.pid),
    "target.executable": target.executable,
    "target.command": target.command,
    "target.python": target.python,
    "target.build": JSON.stringify(target.build),
    "target.platform": target.platform,
    "writer.where": writer.where,
    "writer.pid": String(writer.pid),
    "writer.start": writer.startTicks,
  };
}
