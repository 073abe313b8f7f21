// The name of a scene in; the library's answers, with tags, something just removed, and what leaves a recording, out. Next: scene.ts.
import type { SessionRow } from "../../shared/documents.ts";
import type { Verification } from "../../shared/evidence-documents.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import type { LibraryState, libraryCalls, RedactionPreview } from "../../shared/library.ts";
import type { RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import { hostile } from "./hostile-answers.ts";
import type { Scene } from "./scene-rows.ts";

type Name = keyof typeof libraryCalls;
type Answers = { readonly [N in Name]: (params: RpcParams<N>) => Result<RpcResult<N>> };

const home = ["", "home", "ada"].join("/");

export function libraryAnswers(scene: Scene, sessions: readonly SessionRow[]): Answers {
  const tags = new Map<string, string[]>();
  for (const row of sessions.slice(1, 3)) tags.set(row.path, row.status === "closed" ? ["before", "shop"] : ["shop"]);
  let back = false;
  const taken = { path: "/recordings/taken.refscope" };
  const gone = { id: "x", name: scene === "hostile" ? hostile : "too-short", bytes: 9000, seconds: 8 };
  const state = (): LibraryState => ({
    tags: Array.from(tags, ([path, words]) => ({ path, tags: words })),
    bytes: sessions.reduce((sum, { bytes }) => sum + bytes, 0),
    roomBytes: 21 * 2 ** 30,
    diskBytes: 64 * 2 ** 30,
    removed: !back && (scene === "quiet" || scene === "hostile") ? [gone] : [],
    home,
  });
  return {
    "library.state": () => ok(state()),
    "library.tag": ({ path, tags: words }) => {
      tags.set(path, words);
      return ok(words);
    },
    "library.rename": ({ path, name }) => ok({ path: path.replace(/[^/]*$/, `${name}.refscope`) }),
    "library.remove": () => ok(gone),
    "library.restore": () => {
      back = true;
      return ok(taken);
    },
    "library.receive": () => ok({ id: "x" }),
    "library.part": ({ at }) => ok({ bytes: at }),
    "library.received": () => ok(taken),
    "library.offer": () => ok({ ticket: "none", name: "taken.refscope", bytes: 1 }),
    "recording.export": () => ok({ ticket: "none", name: "taken.speedscope.json", bytes: 1 }),
    "recording.page": () => ok("<!doctype html>"),
    "recording.salvage": ({ path }) => fail("bad-recording", { path, why: "not one row of it could be read" }),
    "recording.redact": ({ path, level, write }) =>
      path.includes("damaged")
        ? fail("bad-recording", { path, why: "the file ends inside a page" })
        : ok(leaving(scene, path, level, write)),
    "recording.markdown": () => ok("# Refscope report"),
  };
}

function leaving(scene: Scene, path: string, level: RedactionPreview["level"], write: boolean): RedactionPreview {
  const secret = scene === "hostile" ? hostile : "gunicorn shop.wsgi:api --token=4f0c-aa91-b7d2";
  const replaced: RedactionPreview["replaced"] = [
    { what: "command", from: secret, to: level === "minimal" ? "" : "gunicorn shop.wsgi:api --token=***91c0aa17" },
    { what: "path", from: `${home}/shop/cache.py`, to: level === "minimal" ? "shop/cache.py" : "~/shop/cache.py" },
    { what: "path", from: `${home}/shop/views.py`, to: level === "minimal" ? "shop/views.py" : "~/shop/views.py" },
    { what: "text", from: `The file ${home}/.netrc was not found.`, to: "The file ~/.netrc was not found." },
    ...(level === "minimal" ? [{ what: "thread" as const, from: "mailer ada@shop", to: "thread 77ab01ce" }] : []),
  ];
  return {
    schema: "refscope.redaction/1",
    path,
    out: write ? "/recordings/shop-api-redacted.refscope" : null,
    level,
    bytes: write ? 4_100_000 : null,
    removed: [{ what: "messages of exceptions", rows: 41 }],
    replaced,
    of: replaced.length,
    kinds: Array.from(
      Map.groupBy(replaced, ({ what }) => what),
      ([what, rows]) => ({ what, of: rows.length }),
    ),
  };
}

export function verified(path: string, sessions: readonly SessionRow[]): Verification {
  const status = sessions.find((row) => row.path === path)?.status;
  const recovered = status === "recovered";
  return {
    schema: "refscope.verification/1",
    path,
    outcome: recovered ? "unverified" : "verified",
    status: recovered ? "recovered" : "closed",
    sealed: recovered ? null : "bytes",
    salvaged: false,
    bytes: 4_203_442,
    chunks: 96,
    why: recovered ? ["Its recorder ended early, so nobody sealed it. Its chunks are as they were written."] : [],
  };
}
