// The folder of the built renderer in, every file in memory under its exact name out. Next: a door looks paths up in it.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { fail, ok, type Result } from "../../shared/failures.ts";

export interface Page {
  readonly type: string;
  readonly bytes: Buffer;
}
/** A name is in the map or it is not: no path is ever joined from a request, so there is nothing to climb out of. */
export type Pages = ReadonlyMap<string, Page>;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

export function loadPages(folder: string): Result<Pages> {
  try {
    const pages = new Map(filesBelow(folder).map((path) => pageOf(folder, path)));
    const index = pages.get("/index.html");
    if (index) return ok(new Map([...pages, ["/", index]]));
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
  return fail("not-found", { what: `built renderer in ${folder}`, advice: "Run `./refscope setup`; it builds it." });
}

function pageOf(folder: string, path: string): readonly [string, Page] {
  const name = `/${relative(folder, path).split(sep).join("/")}`;
  return [name, { type: types[extname(path)] ?? "application/octet-stream", bytes: readFileSync(path) }];
}

/** Step by step, name by name: inside the desktop application's archive folders are listed in no other way by every Electron. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
