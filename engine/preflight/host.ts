// Nothing in, what this machine and this checkout bring along for recording out, one check each. Next: doctor.ts.
import { accessSync, constants, existsSync, globSync, statfsSync } from "node:fs";
import { delimiter, join, relative, resolve } from "node:path";
import { failure } from "../../shared/failures.ts";
import { adviceOf, type ToldCheck } from "../../shared/remedy.ts";
import { agentBundlePath, corePath, fridaBeside } from "../built.ts";
import { bridgePython } from "../gateway/places.ts";
import { readOurselves } from "./permission.ts";
import { passed, refused } from "./preflight.ts";
import { attempt, ifRead } from "./proc.ts";
import { remedyOf } from "./remedies.ts";

const root = resolve(import.meta.dirname, "../..");
const oldestNode = 24;
const leastFreeBytes = 500 * 1024 * 1024;
const browsers = ["chromium", "google-chrome", "chromium-browser", "google-chrome-stable", "firefox"];

export function checkHost(): readonly ToldCheck[] {
  return [node(), frida(), built("core", corePath), built("agent", agentBundlePath), tracing(), disk(), browser()];
}

function node(): ToldCheck {
  const major = Number.parseInt(process.versions.node, 10);
  if (major >= oldestNode) return passed("node", process.versions.node);
  const what = `Node.js ${process.versions.node} is older than ${oldestNode}`;
  return notFound("node", { what, advice: "Start with ./refscope, which brings its own Node.js." });
}

function frida(): ToldCheck {
  const python = bridgePython();
  const wheel = python && globSync(join(python, "../../lib/python3*/site-packages/frida/__init__.py"))[0];
  if (wheel !== undefined || (fridaBeside && existsSync(fridaBeside)))
    return passed("Frida", "the wheel, through a Python process of its own");
  if (existsSync(join(root, "node_modules/frida/build/frida_binding.node"))) return passed("Frida", "the npm binding");
  return refused("Frida", failure("gateway-missing", { why: "neither the wheel nor the npm binding is installed" }));
}

function built(name: string, path: string): ToldCheck {
  const shown = relative(root, path);
  if (existsSync(path)) return passed(name, shown);
  return notFound(name, { what: `${shown}: the ${name} is not built`, advice: "Run `./refscope setup`." });
}

/** Whether strangers may be traced at all; a process of one's own choice is asked by its own checks. */
function tracing(): ToldCheck {
  const { ptraceScope, canTrace } = readOurselves();
  if (ptraceScope === undefined)
    return passed("tracing", "the kernel has no Yama; processes of the same user may be traced");
  const detail = `kernel.yama.ptrace_scope is ${ptraceScope}`;
  if (ptraceScope === 0 || (canTrace && ptraceScope < 3)) return passed("tracing", detail);
  if (ptraceScope === 1) return passed("tracing", `${detail}: only programs started by \`refscope run\`, or with sudo`);
  const remedies = [ptraceScope === 2 ? remedyOf.sudo("PID") : remedyOf.reboot];
  return refused("tracing", { ...failure("ptrace-denied"), cause: detail, fix: adviceOf(remedies), remedies });
}

function disk(): ToldCheck {
  const path = process.cwd();
  const stats = ifRead(attempt(() => statfsSync(path)));
  const free = stats && stats.bavail * stats.bsize;
  if (free === undefined)
    return { name: "disk space", outcome: "unknown", detail: `of ${path}`, code: null, fix: null };
  const detail = `${(free / 2 ** 30).toFixed(1)} GiB free at ${path}`;
  if (free >= leastFreeBytes) return passed("disk space", detail);
  return refused("disk space", { ...failure("disk-full", { path }), cause: detail });
}

/** Not needed to record, so its absence is no failure. */
function browser(): ToldCheck {
  const chosen = process.env["REFSCOPE_CHROMIUM"] ?? "";
  const found = isProgram(chosen) ? chosen : findProgram(browsers);
  if (found !== undefined) return passed("browser", found);
  const detail = "none found; the link of `refscope serve` also works in a browser elsewhere, through `ssh -L`";
  return { name: "browser", outcome: "unknown", detail, code: null, fix: null };
}

/** The first of them that is on PATH. */
export const findProgram = (names: readonly string[]): string | undefined => names.flatMap(inPath).find(isProgram);

const inPath = (name: string): readonly string[] =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name));

const isProgram = (path: string): boolean =>
  path !== "" && attempt(() => accessSync(path, constants.X_OK)).kind === "read";

function notFound(name: string, words: { readonly what: string; readonly advice: string }): ToldCheck {
  return refused(name, failure("not-found", words));
}
