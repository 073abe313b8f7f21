// What a process writes to its standard error in, the line of it that says why it ended out; all of it goes on to our own. Next: engine-process.ts.

interface Written {
  on(name: "data", listener: (text: unknown) => void): unknown;
}

const keptAtMost = 4000;
const lineAtMost = 200;

/** How it ended, and its last error where it wrote one. */
export function lastWords(errors: Written | null, passOn: (text: string) => void): (code: unknown) => string {
  let kept = "";
  errors?.on("data", (given) => {
    const text = String(given);
    passOn(text);
    kept = (kept + text).slice(-keptAtMost);
  });
  return (code) => {
    const said = errorIn(kept);
    return said === undefined ? `exit ${code}` : `exit ${code}: ${said}`;
  };
}

/** Node ends with its version; the error stands above it. */
function errorIn(text: string): string | undefined {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return (lines.findLast((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1))?.trim().slice(0, lineAtMost);
}
