// Who we are and who the target is in, why the kernel refuses to trace it and the least weakening way around out. Next: checks.ts.
// The rules are those of __ptrace_may_access (kernel/ptrace.c) and of Yama (Documentation/admin-guide/LSM/Yama.rst).
import { readFileSync } from "node:fs";
import { adviceOf, type Remedy } from "../../shared/remedy.ts";
import { attempt, ifRead, ownerOf, type ProcessStatus, readLink, readStatus } from "./proc.ts";
import { remedyOf } from "./remedies.ts";

export interface Ourselves {
  readonly user: number;
  readonly canTrace: boolean;
  readonly permittedCapabilities: bigint;
  readonly userNamespace: string | undefined;
  /** kernel.yama.ptrace_scope; undefined where the kernel has no Yama. */
  readonly ptraceScope: number | undefined;
  readonly seccomp: number;
}
export interface Other {
  readonly pid: number;
  readonly users: readonly number[];
  /** Undefined when the kernel does not let us look. */
  readonly userNamespace: string | undefined;
  readonly owner: number | undefined;
  readonly permittedCapabilities: bigint;
}
export interface Denial {
  readonly why: string;
  /** The remedies in one line. */
  readonly advice: string;
  /** The least weakening one first. */
  readonly remedies: readonly Remedy[];
}

const sysPtrace = 1n << 19n;

export function readOurselves(): Ourselves {
  const status = readStatus("self");
  const scope = ifRead(attempt(() => readFileSync("/proc/sys/kernel/yama/ptrace_scope", "utf8")));
  return {
    user: status?.users[1] ?? -1,
    canTrace: ((status?.effectiveCapabilities ?? 0n) & sysPtrace) !== 0n,
    permittedCapabilities: status?.permittedCapabilities ?? 0n,
    userNamespace: readLink("self", "ns/user"),
    ptraceScope: scope === undefined ? undefined : Number(scope),
    seccomp: status?.seccomp ?? 0,
  };
}

export const otherOf = (pid: number, status: ProcessStatus): Other => ({
  pid,
  users: status.users.slice(0, 3),
  userNamespace: readLink(pid, "ns/user"),
  owner: ownerOf(pid),
  permittedCapabilities: status.permittedCapabilities,
});

type Rule = (we: Ourselves, it: Other, nameOf: (id: number) => string) => Denial | undefined;

/** In the order in which the kernel would say no. */
const rules: readonly Rule[] = [
  noTracingAtAll,
  onlyPrivileged,
  container,
  otherUser,
  notDumpable,
  morePrivileged,
  notDescendant,
];

export function explainDenial(we: Ourselves, it: Other, nameOf: (id: number) => string): Denial {
  const seccomp = we.seccomp === 2 ? "; a seccomp filter is on Refscope itself and may forbid ptrace" : "";
  for (const rule of rules) {
    const found = rule(we, it, nameOf);
    if (found) return { ...found, why: found.why + seccomp };
  }
  const why = `a security module (AppArmor, SELinux, Landlock) or a seccomp filter forbids it${seccomp}`;
  return denial(why, remedyOf.auditLog);
}

const denial = (why: string, ...remedies: readonly Remedy[]): Denial => ({
  why,
  advice: adviceOf(remedies),
  remedies,
});

function noTracingAtAll(we: Ourselves): Denial | undefined {
  if (we.ptraceScope !== 3) return undefined;
  return denial("kernel.yama.ptrace_scope is 3, no process may be traced", remedyOf.reboot);
}

function onlyPrivileged(we: Ourselves, it: Other): Denial | undefined {
  if (we.ptraceScope !== 2 || we.canTrace) return undefined;
  return denial("kernel.yama.ptrace_scope is 2, only CAP_SYS_PTRACE may trace", remedyOf.sudo(it.pid));
}

function container(we: Ourselves, it: Other): Denial | undefined {
  if (it.userNamespace !== undefined && it.userNamespace !== we.userNamespace)
    return denial(
      "it lives in another user namespace, in which Refscope has no rights",
      remedyOf.asRootOutside(it.pid),
      remedyOf.container,
    );
  if (we.user !== 0 || we.canTrace) return undefined;
  return denial(
    "Refscope runs as root without CAP_SYS_PTRACE, as in a container",
    remedyOf.debugContainer,
    remedyOf.container,
    remedyOf.securityContext,
  );
}

function otherUser(we: Ourselves, it: Other, nameOf: (id: number) => string): Denial | undefined {
  const stranger = it.users.find((user) => user !== we.user);
  if (we.canTrace || stranger === undefined) return undefined;
  const owner = nameOf(stranger);
  const why = `it runs as ${owner}, Refscope as ${nameOf(we.user)}`;
  if (stranger === 0) return denial(why, remedyOf.sudo(it.pid));
  // What is no plain word would be more than a word to the shell that it is pasted into.
  const word = /^[a-z_][\w.-]*$/i.test(owner) ? owner : `'#${stranger}'`;
  return denial(why, remedyOf.asUser(word, it.pid), remedyOf.sudo(it.pid));
}

function notDumpable(we: Ourselves, it: Other): Denial | undefined {
  if (we.canTrace || it.owner === undefined || it.owner === it.users[1]) return undefined;
  const why = "it is not dumpable: it changed its user, runs a set-uid file, or asked for it with prctl";
  return denial(why, remedyOf.sudo(it.pid));
}

function morePrivileged(we: Ourselves, it: Other): Denial | undefined {
  if (we.canTrace || (it.permittedCapabilities & ~we.permittedCapabilities) === 0n) return undefined;
  return denial("it has capabilities that Refscope has not", remedyOf.sudo(it.pid));
}

function notDescendant(we: Ourselves, it: Other): Denial | undefined {
  if (we.ptraceScope !== 1 || we.canTrace) return undefined;
  return denial(
    "kernel.yama.ptrace_scope is 1, only an ancestor may trace a process",
    remedyOf.launch,
    remedyOf.letItself,
    remedyOf.sudo(it.pid),
    remedyOf.scopeOff,
  );
}
