// Sites in; a number that sites with the same frames have in common, out. A recording may have a million sites: comparing numbers is twenty times as
// quick as comparing texts. Used by sites.ts, engine/compare/side.ts.
import type { Frame } from "../../shared/documents.ts";
import type { Names } from "../store/names.ts";
import { frameResolver, type ResolveFrames } from "./frames.ts";

/** More numbers of one kind than fit into memory. */
const most = 2 ** 26;

/** Two numbers in, the one that stands for both of them in this order out: 1, 2, … as they come. */
class Pairs {
  readonly #known = new Map<number, number>();

  of(first: number, second: number): number {
    const pair = first * most + second;
    const known = this.#known.get(pair);
    if (known !== undefined) return known;
    this.#known.set(pair, this.#known.size + 1);
    return this.#known.size;
  }
}

/** What is equal as text has one number. */
class Texts {
  readonly #known = new Map<string, number>();
  of(text: string): number {
    const known = this.#known.get(text) ?? this.#known.size + 1;
    this.#known.set(text, known);
    return known;
  }
}

export interface FrameList {
  readonly list: readonly Frame[];
  readonly id: number;
}

export class FrameLists {
  readonly #resolve: ResolveFrames;
  readonly #sites = new Map<number, FrameList>();
  readonly #frames = new Map<Frame, number>();
  readonly #texts = new Texts();
  readonly #paths = new Pairs();
  readonly #types = new Texts();
  readonly #kinds = new Pairs();

  constructor(names: Names, minor: number | undefined) {
    this.#resolve = frameResolver(names, minor);
  }

  /** `depth`: so many of the innermost frames tell sites apart. */
  of(site: number, depth = Number.POSITIVE_INFINITY): FrameList {
    const known = this.#sites.get(site);
    if (known) return known;
    const list = this.#resolve(site);
    let id = 0;
    // From the outermost on: most of a program's stacks begin alike.
    for (let at = Math.min(depth, list.length) - 1; at >= 0; at--) id = this.#paths.of(id, this.#frame(list[at]));
    const made = { list, id };
    this.#sites.set(site, made);
    return made;
  }

  /** One number for a list of frames and what was made there. */
  with(list: FrameList, ...what: readonly (string | null)[]): number {
    return this.#kinds.of(list.id, this.#types.of(what.map((word) => word ?? "\n").join("\0")));
  }

  #frame(frame: Frame | undefined): number {
    if (!frame) return 0;
    const known = this.#frames.get(frame);
    if (known !== undefined) return known;
    const id = this.#texts.of(JSON.stringify([frame.function, frame.file, frame.line]));
    this.#frames.set(frame, id);
    return id;
  }
}
