// Who we are and who the target is in, why the kernel refuses to trace it and the least weakening way around out. Next: checks.ts.
// The rules are those of __ptrace_may_access (kernel/ptrace.c) and of Yama (Documentation/admin-guide/LSM/Yama.rst).
import { readFileSync } from "node:fs";
import { attempt, ifRead, ownerOf, type ProcessStatus, readLink, readStatus } from "./proc.ts";

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
  readonly advice: string;
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
    const denial = rule(we, it, nameOf);
    if (denial) return { ...denial, why: denial.why + seccomp };
  }
  const advice = "Look for a denial in `dmesg` or the audit log, and allow ptrace for Refscope there.";
  return { why: `a security module (AppArmor, SELinux, Landlock) or a seccomp filter forbids it${seccomp}`, advice };
}

function noTracingAtAll(we: Ourselves): Denial | undefined {
  if (we.ptraceScope !== 3) return undefined;
  const advice =
    "This lasts until a reboot with another value in /etc/sysctl.d; import what you need inside the program instead.";
  return { why: "kernel.yama.ptrace_scope is 3, no process may be traced", advice };
}

function onlyPrivileged(we: Ourselves): Denial | undefined {
  if (we.ptraceScope !== 2 || we.canTrace) return undefined;
  return { why: "kernel.yama.ptrace_scope is 2, only CAP_SYS_PTRACE may trace", advice: "Run Refscope with sudo." };
}

function container(we: Ourselves, it: Other): Denial | undefined {
  const isElsewhere = it.userNamespace !== undefined && it.userNamespace !== we.userNamespace;
  if (isElsewhere) {
    const advice = "Run Refscope as root outside of it, or inside the same container with --cap-add=SYS_PTRACE.";
    return { why: "it lives in another user namespace, in which Refscope has no rights", advice };
  }
  if (we.user !== 0 || we.canTrace) return undefined;
  const advice =
    "Start the container with --cap-add=SYS_PTRACE; in Kubernetes add SYS_PTRACE to securityContext.capabilities or use `kubectl debug --profile=general --target=CONTAINER`.";
  return { why: "Refscope runs as root without CAP_SYS_PTRACE, as in a container", advice };
}

function otherUser(we: Ourselves, it: Other, nameOf: (id: number) => string): Denial | undefined {
  const stranger = it.users.find((user) => user !== we.user);
  if (we.canTrace || stranger === undefined) return undefined;
  const owner = nameOf(stranger);
  return {
    why: `it runs as ${owner}, Refscope as ${nameOf(we.user)}`,
    advice:
      stranger === 0 ? "Run Refscope with sudo." : `Run Refscope as that user (\`sudo -u ${owner}\`) or with sudo.`,
  };
}

function notDumpable(we: Ourselves, it: Other): Denial | undefined {
  if (we.canTrace || it.owner === undefined || it.owner === it.users[1]) return undefined;
  const why = "it is not dumpable: it changed its user, runs a set-uid file, or asked for it with prctl";
  return { why, advice: "Run Refscope with sudo." };
}

function morePrivileged(we: Ourselves, it: Other): Denial | undefined {
  if (we.canTrace || (it.permittedCapabilities & ~we.permittedCapabilities) === 0n) return undefined;
  return { why: "it has capabilities that Refscope has not", advice: "Run Refscope with sudo." };
}

function notDescendant(we: Ourselves): Denial | undefined {
  if (we.ptraceScope !== 1 || we.canTrace) return undefined;
  const advice = [
    "Start it with `refscope run -- PROGRAM`",
    "or restart it under `setpriv --ptracer any` (util-linux 2.41)",
    "or run Refscope with sudo",
    "or, as the last resort and until the next reboot, `echo 0 | sudo tee /proc/sys/kernel/yama/ptrace_scope`.",
  ].join(", ");
  return { why: "kernel.yama.ptrace_scope is 1, only an ancestor may trace a process", advice };
}
