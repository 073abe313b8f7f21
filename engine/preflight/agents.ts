// The files a process runs in, the names of injected tools among them out. Next: checks.ts.
import type { MappedFile } from "./maps.ts";

const ownAgentName = "Frida";
/** Path of a mapped file → who put it there. Each of these patches pointers or code that Refscope patches too. */
const knownAgents: readonly (readonly [RegExp, string])[] = [
  [/frida-(agent|gadget)/, ownAgentName],
  // A process that drives Frida itself, as Refscope's own bridge does: attaching to it would wait for itself.
  [/\/_frida\.[^/]*so$/, "Frida, which this process itself runs"],
  [/\/memray\/_(memray|inject)/, "memray"],
  [/\/filprofiler\/|_filpreload/, "Fil"],
  [/\/scalene\/.*\.so|libscalene/, "Scalene"],
  [/libheaptrack_(preload|inject)/, "heaptrack"],
  [/libbytehound/, "Bytehound"],
  [/\/attach_linux_(amd64|x86_64|aarch64)\.so|\/attach_x86_64\.so/, "debugpy, injected through gdb"],
  [/vgpreload_/, "Valgrind"],
  [/librrpreload/, "rr"],
  [/linux-inject|libpyrasite|pyinjector/, "a library injected through gdb"],
];
const ownCore = /memfd:refscope-core/;

export interface FoundAgents {
  /** The first foreign one; a Frida agent beside our core is our own. */
  readonly foreign: string | undefined;
  /** Our core lies in the process: dormant since an earlier recording, or at work. */
  readonly ownCore: boolean;
  readonly ownAgent: boolean;
}

/**
 * A Frida agent has threads of its own. Where there is one thread alone, it is what a parent had loaded when it forked this process.
 * A device may keep its own in there, to be reached at all.
 */
export function findAgents(files: readonly MappedFile[], threads: number, throughDevice = false): FoundAgents {
  const has = (pattern: RegExp) => files.some((file) => pattern.test(file.path));
  const core = has(ownCore);
  const inert = (name: string) => name === ownAgentName && (threads === 1 || throughDevice);
  const names = knownAgents.filter(([pattern, name]) => has(pattern) && !inert(name)).map(([, name]) => name);
  const foreign = names.find((name) => !(core && name === ownAgentName));
  return { foreign, ownCore: core, ownAgent: core && names.includes(ownAgentName) };
}
