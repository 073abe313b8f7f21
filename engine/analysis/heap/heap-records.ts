// The bytes of a walk in, what they say in the order of the walk out: objects by number, edges between numbers. docs/heap-format.md describes them.
// Next: decode.ts orders them by address.

import { address } from "../../../shared/units.ts";
import { WireError } from "../../../shared/wire-error.ts";
import { doubles, octets, words } from "./growing.ts";
import { HeapBytes } from "./heap-bytes.ts";
import { edgeKind, type HeapRoot, type HeapType, heapFlag, noLabel } from "./heap-graph.ts";
import { heapSlots } from "./heap-slots.ts";

const tag = { words: 1, root: 2, frame: 3, loose: 4, end: 5, object: 0x80 } as const;
const rootKinds = ["module", "frame", "interpreter", "builtin"] as const;
const mostTypes = 1 << 20;
const longestTable = 1 << 16;

/** A frame as the walk found it; its line is still to be looked up. */
export interface FrameRoot {
  readonly node: number;
  readonly function: string;
  readonly file: string;
  readonly firstLine: number;
  readonly instruction: number;
  readonly thread: number;
  readonly lineTable: Uint8Array;
}

export class HeapRecords {
  readonly addresses = doubles();
  readonly types = words();
  readonly counts = doubles();
  readonly sizes = words();
  readonly flags = octets();
  readonly sites = words();
  readonly from = words();
  readonly to = words();
  readonly kinds = octets();
  readonly labels = words();
  readonly typeList: HeapType[] = [];
  readonly names: string[] = [];
  readonly roots: HeapRoot[] = [];
  readonly frames: FrameRoot[] = [];
  readonly loose = { addresses: doubles(), sizes: words(), sites: words() };
  looseLeftOut = 0;
  pools = 0;
  interpreters = 1;
  readonly #bytes: HeapBytes;
  #last = 0;

  /** @throws WireError when they are no walk's. */
  constructor(parts: Iterable<Uint8Array>) {
    this.#bytes = new HeapBytes(parts);
    try {
      while (this.#record());
      this.#bytes.end();
    } finally {
      this.#bytes.close();
    }
    this.#check();
  }

  #check(): void {
    const most = this.addresses.length;
    const to = this.to.taken();
    for (let i = 0; i < this.to.length; i++) if ((to[i] ?? 0) >= most) throw new WireError("an edge to no object");
    if ([...this.roots, ...this.frames].some(({ node }) => node >= most))
      throw new WireError("a root that is no object");
  }

  /** False after the last. */
  #record(): boolean {
    const bytes = this.#bytes;
    const kind = bytes.byte();
    if (kind >= tag.object) this.#object(kind - tag.object);
    else if (kind === tag.words) this.#edges(this.#known());
    else if (kind === tag.root) this.#root();
    else if (kind === tag.frame) this.#frame();
    else if (kind === tag.loose) this.#looseBlock();
    else if (kind === tag.end) this.#end();
    else throw new WireError("a record of no kind");
    return kind !== tag.end;
  }

  #object(flags: number): void {
    const bytes = this.#bytes;
    this.#last += bytes.signed() * 8;
    const node = this.addresses.length;
    this.addresses.push(this.#last);
    this.flags.push(flags);
    this.types.push(this.#type());
    const count = bytes.unsigned();
    this.counts.push(flags & (heapFlag.immortal | heapFlag.state) ? Number.NaN : count);
    this.sizes.push(Math.min(bytes.unsigned(), 0xffff_ffff));
    this.sites.push(bytes.unsigned());
    this.#edges(node);
  }

  #type(): number {
    const bytes = this.#bytes;
    const number = bytes.unsigned();
    if (number === 0 || number > this.typeList.length + 1 || number > mostTypes)
      throw new WireError("a type of no kind");
    if (number > this.typeList.length) {
      const at = address(bytes.unsigned());
      const heap = bytes.byte() === 1;
      const name = bytes.text();
      this.typeList.push({ name, address: at, heap, slots: this.#slots() });
    }
    return number - 1;
  }

  #slots(): HeapType["slots"] {
    const slots = new Map<string, ReturnType<typeof address>>();
    for (let number = this.#bytes.unsigned(); number !== 0; number = this.#bytes.unsigned()) {
      const at = address(this.#bytes.unsigned());
      slots.set(heapSlots[number - 1] ?? `slot ${number}`, at);
    }
    return slots;
  }

  #edges(node: number): void {
    const bytes = this.#bytes;
    const next = { item: 0, visited: 0 };
    for (let code = bytes.unsigned(); code !== 0; code = bytes.unsigned()) {
      const zigzag = code - 1;
      const to = node + (zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2);
      if (to < 0) throw new WireError("an edge to no object");
      const what = bytes.unsigned();
      const kind = what % 16;
      this.from.push(node);
      this.to.push(to);
      this.kinds.push(kind);
      this.labels.push(this.#label(kind, Math.floor(what / 16), next));
    }
  }

  #label(kind: number, value: number, next: { item: number; visited: number }): number {
    const numbered = kind === edgeKind.item ? "item" : kind === edgeKind.visited ? "visited" : undefined;
    if (numbered !== undefined) {
      const label = next[numbered] + (value % 2 === 0 ? value / 2 : -(value + 1) / 2);
      next[numbered] = label + 1;
      return label >>> 0;
    }
    if (value === 0) return noLabel;
    if (value > this.names.length + 1) throw new WireError("a name of no number");
    if (value > this.names.length) this.names.push(this.#bytes.text());
    return value - 1;
  }

  #known(): number {
    const node = this.#bytes.unsigned();
    if (node >= this.addresses.length) throw new WireError("words of no object");
    return node;
  }

  #root(): void {
    const node = this.#bytes.unsigned();
    const kind = rootKinds[this.#bytes.unsigned()];
    if (kind === undefined) throw new WireError("a root of no kind");
    this.roots.push({ node, kind, name: this.#bytes.text() });
  }

  #frame(): void {
    const bytes = this.#bytes;
    const node = bytes.unsigned();
    const [name, file] = [bytes.text(), bytes.text()];
    const [firstLine, instruction, thread, length] = [
      bytes.unsigned(),
      bytes.unsigned(),
      bytes.unsigned(),
      bytes.unsigned(),
    ];
    if (length > longestTable) throw new WireError("a line table that is too long");
    this.frames.push({ node, function: name, file, firstLine, instruction, thread, lineTable: bytes.bytes(length) });
  }

  #looseBlock(): void {
    this.loose.addresses.push(this.#bytes.unsigned() * 8);
    this.loose.sizes.push(Math.min(this.#bytes.unsigned(), 0xffff_ffff));
    this.loose.sites.push(this.#bytes.unsigned());
  }

  #end(): void {
    const [objects, edges] = [this.#bytes.unsigned(), this.#bytes.unsigned()];
    this.looseLeftOut = this.#bytes.unsigned();
    this.pools = this.#bytes.unsigned();
    this.interpreters = this.#bytes.unsigned();
    if (objects !== this.addresses.length || edges !== this.from.length) throw new WireError("some of it is missing");
  }
}
