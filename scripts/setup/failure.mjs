// In: whatever stopped the setup. Out: the one line `refscope: CODE: cause. fix` and the exit code of the contract.
// The setup runs before there is a Node that reads TypeScript, so it has its own small copy of shared/failures.ts' shape.

export class SetupFailure extends Error {
  /** @param {string} code @param {string} cause @param {string} fix @param {number} [exit] */
  constructor(code, cause, fix, exit = 70) {
    super(cause);
    this.code = code;
    this.fix = fix;
    this.exit = exit;
  }
}

/** @type {Readonly<Record<string, readonly [code: string, cause: string, fix: string, exit: number]>>} */
const byErrno = {
  ENOSPC: ["disk-full", "the disk is full", "Free at least 1 GB and start again", 8],
  EDQUOT: ["disk-full", "the disk quota is used up", "Free at least 1 GB and start again", 8],
  EACCES: [
    "setup-not-writable",
    "the checkout cannot be written",
    "Run once as its owner, or copy it to a folder of yours",
    70,
  ],
  EROFS: ["setup-not-writable", "the checkout is on a read-only disk", "Copy it to a folder that can be written", 70],
};

/** @param {unknown} error @returns {SetupFailure | undefined} */
function asFailure(error) {
  if (error instanceof SetupFailure) return error;
  const errno = error instanceof Error && "code" in error ? String(error.code) : "";
  const known = byErrno[errno];
  return known && new SetupFailure(...known);
}

/** @param {unknown} error @returns {number} the exit code */
export function printFailure(error) {
  const failure = asFailure(error);
  if (!failure) throw error;
  process.stderr.write(`refscope: ${failure.code}: ${sentence(failure.message)} ${sentence(failure.fix)}\n`);
  return failure.exit;
}

/** @param {string} text */
function sentence(text) {
  const line = text.replace(/\s+/g, " ").trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** The last words of a failed tool, short enough for one line. @param {string} output @param {RegExp} [prefer] */
export function lastWords(output, prefer) {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const chosen = (prefer && lines.find((line) => prefer.test(line))) ?? lines.at(-1) ?? "it said nothing";
  return chosen.slice(0, 300);
}
