// The facts of a process in, what a recording keeps of it out: no secret, no home directory. Next: preflight.ts, then the recording's header.
import type { TargetFacts } from "../../shared/documents.ts";
import { type VersionHex, versionText } from "../../shared/units.ts";
import { buildWords, imageOf } from "./checks.ts";
import type { ProcessFacts } from "./facts.ts";
import { maskCommand, maskText } from "./mask.ts";
import { ifRead } from "./proc.ts";
import type { Users } from "./users.ts";

export function targetOf(
  facts: ProcessFacts,
  users: Users,
): (TargetFacts & { readonly versionHex: VersionHex }) | undefined {
  const image = imageOf(facts);
  if (image?.version === undefined || image.kind === "pypy") return undefined;
  return {
    pid: facts.pid,
    executable: maskText(ifRead(facts.inside)?.executable ?? image.path, users),
    command: maskCommand(facts.command, users),
    python: versionText(image.version),
    build: [...buildWords(image)],
    platform: `${process.platform}-${process.arch}`,
    versionHex: image.version,
  };
}
