// A process of another machine in, a folder out that looks as its folder in /proc does, as far as preflight, symbols and module names
// read it. Names of files come from that machine, which may be anybody's: nothing is written outside of the folder. Used by machine.ts.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { ok, type Result } from "../../shared/failures.ts";
import type { FarSurroundings } from "../../shared/far-protocol.ts";
import { packagesAbove } from "../preflight/extension-modules.ts";
import { baseName, type MappedFile, parseMaps } from "../preflight/maps.ts";
import { attempt, copiedMark } from "../preflight/proc.ts";
import type { FarProcess } from "./far-process.ts";

const mostText = 16 << 20;
/** An interpreter with debug information has some 30 MB. */
const mostFile = 96 << 20;
const mostFiles = 256 << 20;
const interpreter = /^libpython\d/;
/** Not on any disk: our core, Frida's agent. */
const inMemory = /^\/(?:memfd:|dev\/|anon|SYSV)/;
const deleted = / \(deleted\)$/;

/** Gives the files that were not copied, for what cannot be told then. */
export async function copyProcess(
  far: FarProcess,
  around: FarSurroundings,
  folder: string,
): Promise<Result<readonly string[]>> {
  mkdirSync(join(folder, "ns"), { recursive: true, mode: 0o700 });
  mkdirSync(join(folder, "map_files"));
  const maps = await copyTexts(far, folder);
  if (!maps.ok) return maps;
  writeLinks(around, folder);
  const left = await copyFiles(far, maps.value, around.executable, folder);
  if (left.ok) writeFileSync(join(folder, copiedMark), "");
  return left;
}

async function copyTexts(far: FarProcess, folder: string): Promise<Result<string>> {
  const texts = new Map<string, string>();
  for (const name of ["status", "stat", "comm", "cmdline", "maps"]) {
    const text = await far.file(`/proc/self/${name}`, mostText);
    if (!text.ok) return text;
    if (text.value === undefined) return far.unread(`its /proc/self/${name} cannot be read`);
    texts.set(name, text.value.toString("utf8"));
  }
  texts.set("status", asSeenOutside(texts.get("status") ?? "", far.pid));
  for (const [name, text] of texts) writeFileSync(join(folder, name), text);
  return ok(texts.get("maps") ?? "");
}

/**
 * Its pid is the one that the device knows it by, which in a container is another than its own. Who traces it at this moment is Frida:
 * under another tracer nobody could have entered. How much memory it has is not known later, so not now.
 */
const asSeenOutside = (status: string, pid: number): string =>
  status
    .replace(/^Tgid:.*$/m, `Tgid:\t${pid}`)
    .replace(/^TracerPid:.*$/m, "TracerPid:\t0")
    .replace(/^VmRSS:.*\n/m, "");

function writeLinks({ namespaces, executable, remoteDebugDisabled }: FarSurroundings, folder: string): void {
  for (const [name, link] of Object.entries(namespaces)) if (link) symlinkSync(link, join(folder, "ns", name));
  const path = executable === null ? undefined : placeOf(folder, executable.replace(deleted, ""));
  if (path !== undefined) symlinkSync(path, join(folder, "exe"));
  writeFileSync(join(folder, "environ"), remoteDebugDisabled ? "PYTHON_DISABLE_REMOTE_DEBUG=1\0" : "");
}

async function copyFiles(
  far: FarProcess,
  maps: string,
  executable: string | null,
  folder: string,
): Promise<Result<readonly string[]>> {
  const rank = ({ path }: MappedFile) => (path === executable ? 0 : interpreter.test(baseName(path)) ? 1 : 2);
  const files = parseMaps(maps)
    .filter(({ path }) => !inMemory.test(path))
    .toSorted((a, b) => rank(a) - rank(b));
  const replaced = new Set(
    maps
      .split("\n")
      .filter((row) => deleted.test(row))
      .map((row) => row.split("-")[0]),
  );
  const left: string[] = [];
  let bytes = 0;
  for (const file of files) {
    const copied = await copyFile(far, file, replaced.has(file.range.split("-")[0]), folder, mostFiles - bytes);
    if (!copied.ok) return copied;
    bytes += copied.value ?? 0;
    if (copied.value === undefined) left.push(file.path);
  }
  return ok(left);
}

/** The mapping itself where that is allowed; else the file of that name, unless another has taken its place. */
async function copyFile(
  far: FarProcess,
  { path, range }: MappedFile,
  replaced: boolean,
  folder: string,
  room: number,
): Promise<Result<number | undefined>> {
  const to = placeOf(folder, path);
  const most = Math.min(mostFile, room);
  if (to === undefined || most <= 0) return ok(undefined);
  const exact = await far.file(`/proc/self/map_files/${range}`, most);
  const found = exact.ok && exact.value === undefined && !replaced ? await far.file(path, most) : exact;
  if (!found.ok) return found;
  if (found.value === undefined || !put(to, found.value)) return ok(undefined);
  symlinkSync(to, join(folder, "map_files", range));
  return await copyMarks(far, path, folder, found.value.length);
}

/** False where the names contradict each other: a file that would also have to be a folder. */
function put(to: string, bytes: Uint8Array): boolean {
  const written = attempt(() => {
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, bytes);
  });
  return written.kind === "read";
}

/** Folders above it that are packages: with them its name is what Python imports it by. */
async function copyMarks(far: FarProcess, path: string, folder: string, bytes: number): Promise<Result<number>> {
  for (const above of packagesAbove(path)) {
    const mark = `${above}/__init__.py`;
    const [to, found] = [placeOf(folder, mark), await far.file(mark, mostText)];
    if (!found.ok) return found;
    if (found.value === undefined || to === undefined || !put(to, new Uint8Array())) break;
  }
  return ok(bytes);
}

/** Undefined for a name that is no plain path from the root. */
function placeOf(folder: string, path: string): string | undefined {
  const plain = path.startsWith("/") && !path.includes("\0") && normalize(path) === path && !path.endsWith("/");
  return plain ? join(folder, "root", path) : undefined;
}
