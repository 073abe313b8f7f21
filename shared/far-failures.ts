// Rows of the table of failures: processes of another machine. Next: failures.ts.

export const farFailures = {
  "device-unreachable": {
    exit: "targetLost",
    cause: "the device {address} does not answer: {why}",
    fix: "Check that frida-server or a Portal of the same Frida listens there, and give --certificate exactly when it speaks TLS.",
  },
  "device-refused": {
    exit: "permission",
    cause: "the device {address} lets nobody in without its token: {why}",
    fix: "Give the token that it was started with, in REFSCOPE_DEVICE_TOKEN or by --token-file.",
  },
  "device-untrusted": {
    exit: "permission",
    cause: "the device {address} shows another certificate than the one given: {why}",
    fix: "Give its own certificate with --certificate; if it has not been replaced, somebody stands in between.",
  },
  "device-unread": {
    exit: "unsupported",
    cause: "what must be known of process {pid} cannot be read on its machine: {why}",
    fix: "Nothing was changed there. Run Refscope on that machine, and reach it through `ssh -L` (docs/remote.md).",
  },
} as const;
