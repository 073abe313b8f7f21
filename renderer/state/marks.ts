// What a user does with the marks of a recording in; the marks, what was said of it and the way back out. Next: use-marks.ts, views/marks.
import type { Mark } from "../../shared/marks.ts";
import type { RpcResult } from "../../shared/rpc-contract.ts";
import type { Bridge } from "../bridge.ts";
import { type Answer, known, type Problem } from "../logic/loadable.ts";
import { added, flagsOf, type Move, spokenMark } from "../logic/marks.ts";
import { type Cell, createCell } from "./cell.ts";
import { createMarkList, type MarkList, type Marks } from "./mark-list.ts";

type Asked = () => Promise<Answer<RpcResult<"recording.marks">>>;
/** What a change can be taken back by. */
interface Undo {
  readonly words: string;
  readonly ask: Asked;
}

export class MarkStore {
  readonly list: MarkList;
  /** A flag on its way: nothing is written before it is dropped. */
  readonly preview = createCell<Move | undefined>(undefined);
  /** The time under the pointer, where it is over an axis of this recording. */
  readonly pointed = createCell<number | undefined>(undefined);
  readonly problem = createCell<Problem | undefined>(undefined);
  readonly undos = createCell<readonly Undo[]>([]);
  readonly #bridge: Bridge;
  readonly #path: string;
  readonly #said: Cell<string>;
  #isBusy = false;

  constructor(bridge: Bridge, path: string, said: Cell<string>) {
    this.#bridge = bridge;
    this.#path = path;
    this.#said = said;
    this.list = createMarkList(bridge, path);
  }

  /** Without a time it is now. */
  set(at?: number): Promise<void> {
    return this.#change(this.#mark(at, ""), (mark) => ({ words: "the mark", ask: this.#unmark(mark.at) }));
  }

  rename({ at, name: before }: Mark, name: string): Promise<void> {
    return this.#change(this.#mark(at, name), () => ({ words: "the name", ask: this.#mark(at, before) }), at);
  }

  /** The flag stays where it was dropped until the answer has it there. */
  async move(at: number, to: number): Promise<void> {
    this.preview.set(to === at ? undefined : { at, to });
    if (to === at) return;
    await this.#change(this.#move(at, to), (mark) => ({ words: "the move", ask: this.#move(mark.at, at) }));
    this.preview.set(undefined);
  }

  remove({ at, name }: Mark): Promise<void> {
    return this.#change(this.#unmark(at), () => ({ words: "the removal", ask: this.#mark(at, name) }), at);
  }

  async undo(): Promise<void> {
    const last = this.undos.get().at(-1);
    if (!last || this.#isBusy) return;
    this.undos.set(this.undos.get().slice(0, -1));
    if (await this.#take(last.ask)) this.#said.set(`undone: ${last.words}`);
  }

  /** One after the other: a second press while the first is on its way is none. */
  async #change(ask: Asked, back: (mark: Mark) => Undo, about?: number): Promise<void> {
    if (this.#isBusy) return;
    const before = this.#marks();
    if (!(await this.#take(ask))) return;
    const after = this.#marks();
    const found = added(before, after)[0] ?? [...after, ...before].find((mark) => mark.at === about);
    if (!found) return;
    this.undos.set([...this.undos.get(), back(found)]);
    this.#tell(before, after, found);
  }

  #tell(before: Marks, after: Marks, found: Mark): void {
    const isGone = !after.some(({ at }) => at === found.at);
    const flag = flagsOf(isGone ? before : after).find(({ at }) => at === found.at);
    if (flag) this.#said.set(`${isGone ? "removed " : ""}${spokenMark(flag)}`);
  }

  async #take(ask: Asked): Promise<boolean> {
    this.#isBusy = true;
    const answer = await ask();
    this.#isBusy = false;
    this.problem.set(answer.ok ? undefined : answer.problem);
    this.list.take(answer.ok ? { ok: true, value: answer.value.marks } : answer);
    if (!answer.ok) this.#said.set(`not marked: ${answer.problem.cause}`);
    return answer.ok;
  }

  #marks(): Marks {
    return known(this.list.get()) ?? [];
  }

  #mark(at: number | undefined, name: string): Asked {
    const path = this.#path;
    const given = { path, ...(at !== undefined && { at }), ...(name !== "" && { name }) };
    return () => this.#bridge.call("recording.mark", given);
  }

  #unmark(at: number): Asked {
    return () => this.#bridge.call("recording.unmark", { path: this.#path, at });
  }

  #move(at: number, to: number): Asked {
    return () => this.#bridge.call("recording.move-mark", { path: this.#path, at, to });
  }
}

export interface MarkBook {
  readonly of: (path: string) => MarkStore;
  /** What was done last, in words. */
  readonly said: Cell<string>;
}

export function createMarkBook(bridge: Bridge): MarkBook {
  const said = createCell("");
  const stores = new Map<string, MarkStore>();
  return {
    said,
    of(path) {
      const found = stores.get(path) ?? new MarkStore(bridge, path, said);
      stores.set(path, found);
      return found;
    },
  };
}
