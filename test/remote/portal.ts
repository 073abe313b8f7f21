// A process in, a Portal that has it joined out: on this machine, or in a pid namespace of its own, which is another machine as far as
// /proc can tell. Next: the tests of this folder.
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as v from "valibot";
import { bridgePython } from "../../engine/gateway/places.ts";

export interface Portal {
  readonly device: string;
  readonly pid: number;
  /** The joined process goes on. */
  leave(): Promise<void>;
}
const said = v.object({ port: v.number(), pid: v.number() });
const program = join(import.meta.dirname, "portal.py");
export const token = "portal-token-4711";
export const farPython = bridgePython();

const portals: ChildProcess[] = [];

export async function startPortal(pid: number, pem?: string): Promise<Portal> {
  const words = [program, String(pid), ...(pem === undefined ? [] : [pem])];
  return await opened(spawn(farPython ?? "", words, options));
}

/** `target` is started in the namespace as well, and gone with it. */
export async function startFarAway(target: readonly string[]): Promise<Portal> {
  const script = '"$@" > /dev/null & exec "$PORTAL_PYTHON" "$PORTAL_PROGRAM" $!';
  const env = { ...options.env, PORTAL_PYTHON: farPython ?? "", PORTAL_PROGRAM: program };
  const words = [...namespace, "sh", "-c", script, "sh", ...target];
  return await opened(spawn("unshare", words, { ...options, env }));
}

const namespace = ["--pid", "--fork", "--kill-child", "--mount-proc"];
const options = {
  stdio: ["pipe", "pipe", "inherit"] satisfies ["pipe", "pipe", "inherit"],
  env: { ...process.env, REFSCOPE_TEST_TOKEN: token },
};

/** Needs root, or a kernel that gives namespaces to everyone. */
export const mayBeFar = spawnSync("unshare", [...namespace, "true"]).status === 0;

async function opened(child: ChildProcess & { readonly stdout: NodeJS.ReadableStream }): Promise<Portal> {
  portals.push(child);
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const { port, pid } = v.parse(said, JSON.parse(line));
  return {
    device: `127.0.0.1:${port}`,
    pid,
    async leave() {
      child.stdin?.end();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

/** For tests that failed half way. */
export function killPortals(): void {
  for (const portal of portals.splice(0)) portal.kill("SIGKILL");
}

/** Key and certificate in one file, and the certificate alone; undefined where there is no openssl. */
export function makeCertificate(
  folder: string,
  name: string,
): { readonly both: string; readonly own: string } | undefined {
  const [key, own, both] = ["key", "own", "both"].map((part) => join(folder, `${name}-${part}.pem`));
  if (key === undefined || own === undefined || both === undefined) return undefined;
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const words = [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-keyout",
    key,
    "-out",
    own,
    ...subject,
  ];
  if (spawnSync("openssl", words).status !== 0) return undefined;
  execFileSync("sh", ["-c", 'cat "$1" "$2" > "$3"', "sh", key, own, both]);
  return { both, own };
}
