// Command lines and paths in, the same without secrets and without the name of the home directory out. Next: processes.ts, target.ts, the doors.

const hidden = "***";
const secretName = String.raw`[\w.-]*(?:passw(?:or)?d|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|auth(?!or(?!iz))|(?<![a-z])key)[\w.-]*`;
/** `--password`, `--api-key`, `-token`: the next word is the secret. */
const secretOption = new RegExp(`^--?${secretName}$`, "i");
/** `password=…`, `TOKEN: …`, `{"secret": "…"}`, also in the middle of a word. */
const assignment = new RegExp(String.raw`(${secretName}["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&}]+)`, "gi");

/** Shapes that are secrets wherever they stand. The first group is kept. */
const shapes: readonly RegExp[] = [
  /(-----BEGIN [A-Z ]+-----)[\s\S]*?(?=-----END|$)/g,
  /([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi,
  /(\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}/gi,
  /()\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /()\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|glpat-[\w-]{16,})/g,
  /()\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9_-]{16,}/g,
  /()\bxox[abeoprs]-[\w-]{8,}/g,
  /()\bAIza[\w-]{30,}/g,
  /()\beyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]*/g,
  /()[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
];

export interface MaskOptions {
  /** Home directories; each is written as ~. */
  readonly homes: readonly string[];
}

/** The words of a command as one line. */
export function maskCommand(argv: readonly string[], options: MaskOptions): string {
  const shown = argv.map((word, index) => {
    const before = argv[index - 1];
    return before !== undefined && secretOption.test(before) && !word.startsWith("-") ? hidden : word;
  });
  // As one text, because `Authorization: Bearer …` may be one word or three.
  return maskText(shown.join(" "), options);
}

export function maskText(text: string, options: MaskOptions): string {
  const masked = shapes.reduce((rest, shape) => rest.replace(shape, (_, kept: string) => keep(kept)), text);
  return hideHomes(
    masked.replace(assignment, (_, name: string) => name + hidden),
    options.homes,
  );
}

/** A URL keeps its @, so that what follows is still seen to be a host. */
const keep = (kept: string): string => kept + hidden + (kept.endsWith("://") ? "@" : "");

function hideHomes(text: string, homes: readonly string[]): string {
  const longestFirst = homes.filter((home) => home.length > 1).toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, home) => rest.replace(homePattern(home), "$1~"), text);
}

/** The directory itself and what is in it, not a longer name that begins alike. */
const homePattern = (home: string): RegExp =>
  new RegExp(`(^|[^\\w/.-])${home.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?=$|[/\\s:;,'"])`, "g");
