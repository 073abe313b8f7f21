// The options that name another machine's Frida in, an engine for its processes out; closed whatever happens, and nothing of that
// machine stays here. Next: engine/engine.ts.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import type { Engine, Far } from "../engine/engine.ts";
import { fail, ok, type Result } from "../shared/failures.ts";
import type { Ended } from "./verb.ts";
import { withEngine } from "./with-engine.ts";

const address = /^(?:\[[0-9a-fA-F:.]+\]|[\w.-]+):\d{1,5}$/;
const tokenVariable = "REFSCOPE_DEVICE_TOKEN";
const pem = "-----BEGIN CERTIFICATE-----";

/** Entries for the schema of a verb. */
export const deviceOptions = {
  device: v.optional(v.pipe(v.string(), v.regex(address, "give HOST:PORT"))),
  tokenFile: v.optional(v.pipe(v.string(), v.minLength(1, "give a file"))),
  certificate: v.optional(v.pipe(v.string(), v.minLength(1, "give a file"))),
};
interface Chosen {
  readonly device?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly certificate?: string | undefined;
}

export async function withDevice(chosen: Chosen, act: (engine: Engine) => Promise<Ended>): Promise<Ended> {
  const { device: at } = chosen;
  if (at === undefined) {
    const alone = chosen.tokenFile !== undefined || chosen.certificate !== undefined;
    return alone
      ? fail("usage", { what: "--token-file and --certificate need --device HOST:PORT" })
      : await withEngine(act);
  }
  const device = readDevice(at, chosen);
  if (!device.ok) return device;
  const folder = mkdtempSync(join(tmpdir(), "refscope-far-"));
  // Not only when it is over: a second Ctrl-C ends this process at once.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  process.env["REFSCOPE_PROC"] = folder;
  return await withEngine(act, { device: device.value, folder });
}

/** The token goes to the process that holds Frida through its pipe; no child finds it in its environment. */
function readDevice(at: string, { tokenFile, certificate }: Chosen): Result<Far["device"]> {
  const given = process.env[tokenVariable];
  delete process.env[tokenVariable];
  const token = tokenFile === undefined ? given : readText(tokenFile)?.trim();
  if (tokenFile !== undefined && !token) return unreadable("--token-file", tokenFile, "holds no token");
  const shown = certificate === undefined ? undefined : readText(certificate);
  if (certificate !== undefined && !shown?.includes(pem))
    return unreadable("--certificate", certificate, "holds no certificate in PEM");
  return ok({
    address: at,
    ...(token ? { token } : {}),
    ...(shown === undefined ? {} : { certificate: shown }),
  });
}

const unreadable = (option: string, path: string, why: string): Result<never> =>
  fail("usage", { what: `${option}: ${path} cannot be read, or ${why}` });

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
