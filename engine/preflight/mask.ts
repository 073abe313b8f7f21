// Command lines and paths in, the same without secrets and without the name of the home directory out. Next: processes.ts, target.ts, the doors.

const stars = "***";
const starred = (): string => stars;
/** What was hidden before stays as it is. */
const hidden = (secret: string, hide: (secret: string) => string): string =>
  secret.startsWith(stars) ? secret : hide(secret);

/** Part of a pattern. */
export const secretName = String.raw`[\w.-]*(?:passw(?:or)?d|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|auth(?!or(?!iz))|(?<![a-z])key)[\w.-]*`;
/** `--password`, `--api-key`, `-token`: the next word is the secret. */
const secretOption = new RegExp(`^--?${secretName}$`, "i");
/** `password=…`, `TOKEN: …`, `{"secret": "…"}`, also in the middle of a word. */
const assignment = new RegExp(String.raw`(${secretName}["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&}]+)`, "gi");

/** Who calls, and with what password. */
const url = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
/** Shapes that are secrets wherever they stand. The first group is kept. */
const shapes: readonly RegExp[] = [
  /(-----BEGIN [A-Z ]+-----)[\s\S]*?(?=-----END|$)/g,
  url,
  /(\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}/gi,
  /()\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /()\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|glpat-[\w-]{16,})/g,
  /()\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9_-]{16,}/g,
  /()\bxox[abeoprs]-[\w-]{8,}/g,
  /()\bAIza[\w-]{30,}/g,
  /()\beyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]*/g,
  /()[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
];

/** What each of `keys` has in it: a look for these is ten times quicker than for the shapes. */
const marks = ["AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "AIza", "eyJ"].concat(
  ["live", "test", "proj", "ant"].flatMap((kind) => [`k_${kind}_`, `k-${kind}-`]),
);

/** Names in bytes of some layout: each key in them becomes as many stars. */
export function maskBytes(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!marks.some((mark) => buffer.includes(mark, 0, "latin1"))) return bytes;
  const text = buffer.toString("latin1");
  const masked = maskName(text, (secret) => "*".repeat(secret.length));
  return masked === text ? bytes : Buffer.from(masked, "latin1");
}

export interface MaskOptions {
  /** Home directories; each is written as ~. */
  readonly homes: readonly string[];
  /** What stands for a secret; three stars without it. */
  readonly hide?: (secret: string) => string;
}

/** Shapes that no name in a program has by chance. */
const keys: readonly RegExp[] = [
  /()(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
  /()(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{20,}|glpat-[\w-]{16,})/g,
  /()(?<![A-Za-z0-9])(?:sk|pk|rk)[-_](?:live|test|proj|ant)[-_][A-Za-z0-9_-]{16,}/g,
  /()(?<![A-Za-z0-9])AIza[\w-]{35}(?![\w-])/g,
  /()(?<![A-Za-z0-9])eyJ[\w-]{6,}\.eyJ[\w-]{6,}\.[\w-]*/g,
];
/** A name of a type, a function or a module: `memcpy@GLIBC_2.2.5` is none of the other shapes. */
export const maskName = (name: string, hide: (secret: string) => string = starred): string =>
  keys.reduce((rest, shape) => rest.replace(shape, (secret) => hidden(secret, hide)), name);

/** The words of a command as one line. */
export function maskCommand(argv: readonly string[], options: MaskOptions): string {
  const shown = argv.map((word, index) => {
    const before = argv[index - 1];
    return before !== undefined && secretOption.test(before) && !word.startsWith("-")
      ? hidden(word, options.hide ?? starred)
      : word;
  });
  // As one text, because `Authorization: Bearer …` may be one word or three.
  return maskText(shown.join(" "), options);
}

export function maskText(text: string, { homes, hide = starred }: MaskOptions): string {
  const masked = shapes.reduce(
    (rest, shape) => rest.replace(shape, (whole, kept: string) => kept + hideAfter(whole, kept, hide)),
    text,
  );
  const assigned = masked.replace(assignment, (_, name: string, value: string) => name + hidden(value, hide));
  return hideHomes(assigned, homes);
}

/** Each folder by itself: a secret in one does not take the file's name with it. */
export function maskPath(path: string, hide: (secret: string) => string = starred): string {
  const known = path.replace(url, (whole, kept: string) => kept + hideAfter(whole, kept, hide));
  return known
    .split("/")
    .map((folder) => maskText(folder, { homes: [], hide }))
    .join("/");
}

/** A URL keeps its @, so that what follows is still seen to be a host. */
function hideAfter(whole: string, kept: string, hide: (secret: string) => string): string {
  const end = kept.endsWith("://") ? "@" : "";
  return hidden(whole.slice(kept.length, whole.length - end.length), hide) + end;
}

function hideHomes(text: string, homes: readonly string[]): string {
  const longestFirst = homes.filter((home) => home.length > 1).toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, home) => rest.replace(homePattern(home), "$1~"), text);
}

/** The directory itself and what is in it, not a longer name that begins alike. */
const homePattern = (home: string): RegExp =>
  new RegExp(`(^|[^\\w/.-])${home.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?=$|[/\\s:;,'"])`, "g");
