// CPython's machine-readable rules in: Doc/data/refcounts.dat, Misc/stable_abi.toml, the built documentation of the C API, the symbols of
// an interpreter. What each says of a function out. Next: derive.ts.
import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** Effects on the result and on each argument, as refcounts.dat writes them: "+1", "0", "-1", "null" or "". */
export interface CountedRow {
  readonly result: string;
  readonly effects: readonly string[];
}

export function readRefcounts(path: string): ReadonlyMap<string, CountedRow> {
  const rows = new Map<string, { result: string; effects: string[] }>();
  for (const line of readFileSync(path, "utf8").split("\n")) {
    if (line.startsWith("#") || line.trim() === "") continue;
    const [name = "", , parameter = "", effect = ""] = line.split(":").map((field) => field.trim());
    const row = rows.get(name);
    if (row === undefined) rows.set(name, { result: parameter === "" ? effect : "", effects: [] });
    else row.effects.push(effect);
  }
  return rows;
}

export interface StableRow {
  /** Minor version in which it joined the stable ABI. */
  readonly since: number;
  /** Exported for macros and for older modules; not to be called by name. */
  readonly abiOnly: boolean;
}

export function readStableAbi(path: string): ReadonlyMap<string, StableRow> {
  const rows = new Map<string, StableRow>();
  for (const section of readFileSync(path, "utf8").split(/^\[/m).slice(1)) {
    const name = /^(?:function|data)\.'?(\w+)'?\]/.exec(section)?.[1];
    const since = /^\s*added = '3\.(\d+)'/m.exec(section)?.[1];
    if (name !== undefined && since !== undefined)
      rows.set(name, { since: Number(since), abiOnly: /^\s*abi_only = true/m.test(section) });
  }
  return rows;
}

export interface DocumentedRow {
  readonly result: "new" | "borrowed" | "null" | undefined;
  readonly stableSince: number | undefined;
  /** Its entry says that −1 tells an error. */
  readonly minusOne: boolean;
  /** File of the documentation, without its ending. */
  readonly section: string;
}

const entry = /(?=<dt class="sig sig-object c" id="c\.)/;

function documented(part: string, section: string): DocumentedRow {
  const body = part.split("</dl>")[0] ?? "";
  const result = /class="refcount return_(new|borrowed|null)/.exec(body)?.[1];
  const stable = (/<em class="stableabi">([\s\S]*?)<\/em>/.exec(body)?.[1] ?? "").replace(/<[^>]+>/g, "");
  const since = /since version 3\.(\d+)/.exec(stable)?.[1];
  const known = result === "new" || result === "borrowed" || result === "null" ? result : undefined;
  const text = body.replace(/<[^>]+>/g, "");
  // "Part of the Stable ABI." without a version: since it began, 3.2.
  const stableSince = /Part of the Stable ABI(?! on Windows)/.test(stable) ? Number(since ?? 2) : undefined;
  return { result: known, stableSince, minusOne: text.includes("-1"), section };
}

/** `folder` is html/c-api of a built documentation. */
export function readDocumentation(folder: string): ReadonlyMap<string, DocumentedRow> {
  const rows = new Map<string, DocumentedRow>();
  for (const path of globSync(join(folder, "*.html")).toSorted())
    for (const part of readFileSync(path, "utf8").split(entry)) {
      const name = /^<dt class="sig sig-object c" id="c\.(\w+)"/.exec(part)?.[1];
      if (name !== undefined && !rows.has(name)) rows.set(name, documented(part, basename(path, ".html")));
    }
  return rows;
}

/** Names of CPython's that `binary` exports; those of its modules' init functions are left out. */
export function readExports(binary: string): ReadonlyMap<string, "function" | "data"> {
  const lines = execFileSync("nm", ["-D", "--defined-only", binary], { encoding: "utf8", maxBuffer: 2 ** 26 });
  const rows = [...lines.matchAll(/^\S+ (\w) (_?Py(?!Init_)\w+)(?:@\S*)?$/gm)];
  return new Map(rows.map(([, type = "", name = ""]) => [name, /[TtWi]/.test(type) ? "function" : "data"]));
}
