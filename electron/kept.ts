// What is kept from one start to the next: window, theme, recent recordings. One small file; what does not parse is forgotten. Next: window.ts, menu.ts.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import * as v from "valibot";
import { themes } from "../shared/desktop-contract.ts";

const size = v.pipe(v.number(), v.integer());
const bounds = v.strictObject({ x: size, y: size, width: size, height: size });
export type Bounds = v.InferOutput<typeof bounds>;

const kept = v.strictObject({
  version: v.literal(1),
  theme: v.picklist(themes),
  bounds: v.nullable(bounds),
  maximized: v.boolean(),
  recent: v.pipe(v.array(v.pipe(v.string(), v.maxLength(4096))), v.maxLength(10)),
});
export type Kept = v.InferOutput<typeof kept>;

const fresh: Kept = { version: 1, theme: "system", bounds: null, maximized: false, recent: [] };
const recentAtMost = 10;

export class Keeper {
  readonly #path: string;
  #kept: Kept;

  constructor(path: string) {
    this.#path = path;
    this.#kept = read(path);
  }

  get kept(): Kept {
    return this.#kept;
  }

  /** A home that cannot be written to is no reason not to work. */
  change(part: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...part };
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      writeFileSync(`${this.#path}.new`, JSON.stringify(this.#kept), { mode: 0o600 });
      renameSync(`${this.#path}.new`, this.#path);
    } catch {}
  }

  addRecent(path: string): void {
    const others = this.#kept.recent.filter((known) => known !== path);
    this.change({ recent: [path, ...others].slice(0, recentAtMost) });
  }
}

function read(path: string): Kept {
  try {
    const parsed = v.safeParse(kept, JSON.parse(readFileSync(path, "utf8")));
    return parsed.success ? parsed.output : fresh;
  } catch {
    return fresh;
  }
}

const smallest = { width: 640, height: 480 } as const;
const usual = { width: 1280, height: 860 } as const;

/** Where the window was, when at least its title bar is still on a screen; else a usual size, placed by the system. */
export function placeFor(
  wanted: Bounds | null,
  screens: readonly Bounds[],
): { width: number; height: number; x?: number; y?: number } {
  if (!wanted) return usual;
  const width = Math.max(wanted.width, smallest.width);
  const height = Math.max(wanted.height, smallest.height);
  const { x, y } = wanted;
  const seen = screens.some(
    (one) => x + 80 > one.x && x < one.x + one.width - 80 && y >= one.y && y < one.y + one.height - 40,
  );
  return seen ? { x, y, width, height } : { width, height };
}
