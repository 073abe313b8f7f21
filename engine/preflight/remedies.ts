// A process and its user in, the ways around a denied permission out; docs/permissions.md says the same, and its test looks. Next: permission.ts.
import type { Remedy } from "../../shared/remedy.ts";

type Pid = number | "PID";

export const remedyOf = {
  launch: {
    does: "Start it from Refscope, because an ancestor may trace what it has started",
    command: "refscope run -- PROGRAM",
    weakens: "nothing",
  },
  letItself: {
    does: "Start it again so that it lets itself be traced (util-linux 2.41 or newer)",
    command: "setpriv --ptracer any PROGRAM",
    weakens: "this one program: each process of the same user may trace it until it ends",
  },
  sudo: (pid: Pid) => ({
    does: "Run Refscope as root",
    command: `sudo refscope record ${pid}`,
    weakens: "nothing in the system; Refscope has all rights until it ends, and its recording belongs to root",
  }),
  asUser: (user: string, pid: Pid) => ({
    does: "Run Refscope as that user",
    command: `sudo -u ${user} refscope record ${pid}`,
    weakens: "nothing; the recording belongs to that user",
  }),
  scopeOff: {
    does: "As the last resort let each process trace the others of its user, until the next reboot",
    command: "echo 0 | sudo tee /proc/sys/kernel/yama/ptrace_scope",
    weakens: "the whole machine: a program that is broken into can read the memory of all others of its user",
  },
  reboot: {
    does: "Allow it again from the next start on, and reboot; until a reboot nothing helps",
    command: "echo kernel.yama.ptrace_scope=1 | sudo tee /etc/sysctl.d/10-ptrace.conf",
    weakens: "the whole machine: programs may trace what they have started, as is usual",
  },
  asRootOutside: (pid: Pid) => ({
    does: "Run Refscope as root outside of the container",
    command: `sudo refscope record ${pid}`,
    weakens: "nothing in the container; Refscope has all rights outside until it ends",
  }),
  container: {
    does: "Start the container with the capability, and run Refscope inside",
    command: "docker run --cap-add=SYS_PTRACE IMAGE",
    weakens: "this one container: its root may trace all that runs in it",
  },
  debugContainer: {
    does: "In Kubernetes add a container for debugging to the pod",
    command: "kubectl debug -it POD --profile=general --target=CONTAINER --image=IMAGE",
    weakens: "this one pod, until that container ends",
  },
  securityContext: {
    does: "In Kubernetes add SYS_PTRACE to securityContext.capabilities of the container",
    command: null,
    weakens: "this one container: its root may trace all that runs in it",
  },
  auditLog: {
    does: "Look for the denial in the kernel’s log or the audit log, and allow ptrace for Refscope there",
    command: "sudo dmesg --human --nopager",
    weakens: "what you allow there",
  },
} as const satisfies Readonly<Record<string, Remedy | ((...words: never) => Remedy)>>;
