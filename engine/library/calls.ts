// Rows of the contract that keep, bring and share recordings in, what becomes of the files out. Next: engine.ts spreads these handlers.
import { basename } from "node:path";
import { failed, ok, type Result } from "../../shared/failures.ts";
import type { libraryCalls, RedactionPreview } from "../../shared/library.ts";
import type { RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import { isForeign } from "../evidence/foreign.ts";
import type { Readers } from "../evidence/readers.ts";
import type { Library } from "../session/library.ts";
import type { Recordings } from "../session/recordings.ts";
import { Offers } from "./offers.ts";
import { Outbox } from "./outbox.ts";
import { Receiving } from "./receiving.ts";
import { Shelf } from "./shelf.ts";

type Name = Exclude<keyof typeof libraryCalls, "recording.markdown" | "recording.page" | "recording.export">;
type Handlers = {
  readonly [N in Name]: (params: RpcParams<N>) => Promise<Result<RpcResult<N>>> | Result<RpcResult<N>>;
};

export interface LibraryDesk {
  readonly shelf: Shelf;
  readonly receiving: Receiving;
  readonly offers: Offers;
  readonly outbox: Outbox;
}
interface Parts {
  readonly library: Library;
  readonly recordings: Recordings;
  readonly readers: Readers;
}

export function openLibraryDesk({ library, recordings, readers }: Parts): LibraryDesk {
  const shelf = new Shelf({
    library,
    isActive: (path) => recordings.isActive(path),
    forget: (path) => recordings.forget(path),
    look: (path) => readers.call(path, "recording.report", { path }),
  });
  const offers = new Offers();
  return { shelf, receiving: new Receiving(library), offers, outbox: new Outbox(offers) };
}

/** Changes are for files of the library alone, whatever else a door may read. */
export function libraryHandlers(
  { library, readers }: Pick<Parts, "library" | "readers">,
  { shelf, receiving, offers }: LibraryDesk,
  mayRead: (path: string) => Result<string>,
): Handlers {
  const on = <T>(path: string, act: (path: string) => Promise<Result<T>> | Result<T>) => {
    const known = mayRead(path);
    return known.ok ? act(known.value) : failed(known.failure);
  };
  const foreign = (path: string) => isForeign(path, library.folder);
  /** What is made of a stranger's file is a stranger's as well. */
  const copyOf = (path: string, suffix: string) =>
    library.freePath(
      foreign(path) ? library.receivedFolder : library.folder,
      `${basename(path, ".refscope")}-${suffix}`,
    );
  const admitted = async <T>(out: string, answer: T): Promise<T> => {
    if (foreign(out)) await shelf.admit(out);
    return answer;
  };
  return {
    "library.state": () => ok(shelf.state()),
    "library.tag": ({ path, tags }) => shelf.tag(path, tags),
    "library.rename": ({ path, name }) => shelf.rename(path, name),
    "library.remove": ({ path }) => shelf.remove(path),
    "library.restore": ({ id }) => shelf.restore(id),
    "library.receive": ({ name, bytes }) => receiving.begin(name, bytes),
    "library.part": ({ id, at, data }) => receiving.part(id, at, data),
    "library.received": async ({ id }) => {
      const path = receiving.end(id);
      return path.ok ? admitted(path.value, ok({ path: path.value })) : path;
    },
    "library.offer": ({ path }) => on(path, (known) => offers.offer(known)),
    "recording.salvage": ({ path }) =>
      on(path, async (known) => {
        const out = copyOf(known, "salvaged");
        if (!out.ok) return out;
        const made = await readers.work({ kind: "salvage", path: known, out: out.value }, !foreign(known));
        return made.ok ? admitted(out.value, made) : made;
      }),
    "recording.redact": ({ path, level, write }) =>
      on(path, async (known) => {
        const out = write ? copyOf(known, level === "minimal" ? "minimal" : "redacted") : ok(undefined);
        if (!out.ok) return out;
        const job = { kind: "redact", path: known, level, out: out.value } as const;
        const made = await readers.work(job, !foreign(known));
        if (!made.ok) return made;
        const told = ok(previewOf(made.value));
        return out.value === undefined ? told : admitted(out.value, told);
      }),
  };
}

/** What a screen shows of a long list. */
const mostShown = 1000;

function previewOf(redaction: Omit<RedactionPreview, "kinds">): RedactionPreview {
  const kinds = Map.groupBy(redaction.replaced, ({ what }) => what);
  return {
    ...redaction,
    kinds: Array.from(kinds, ([what, rows]) => ({ what, of: rows.length })),
    replaced: redaction.replaced.slice(0, mostShown),
  };
}
