// A process's memory map in, the files it runs code from out, and a way to open each as the process sees it. Next: image.ts, agents.ts.

import type { Result } from "../../shared/failures.ts";
import { type Elf, readElf } from "../elf/elf.ts";
import { procPath } from "./proc.ts";

export interface MappedFile {
  /** As the process names it, in its own root. */
  readonly path: string;
  readonly device: string;
  readonly inode: number;
  /** Its name in /proc/PID/map_files. */
  readonly range: string;
}

const line = /^([0-9a-f]+)-([0-9a-f]+) ..(.). [0-9a-f]+ ([0-9a-f]+:[0-9a-f]+) (\d+) +(.*)$/;
const deletedMark = / \(deleted\)$/;

/** Files mapped for execution, each once, in the order of their addresses. */
export function parseMaps(text: string): readonly MappedFile[] {
  const files = new Map<string, MappedFile>();
  for (const row of text.split("\n")) {
    // Most rows are not executable, and a regular expression costs more than this look.
    if (row[row.indexOf(" ") + 3] !== "x") continue;
    const file = parseRow(row);
    if (file && !files.has(file.path)) files.set(file.path, file);
  }
  return [...files.values()];
}

function parseRow(row: string): MappedFile | undefined {
  const [, from, to, , device, inode, name] = line.exec(row) ?? [];
  if (from === undefined || to === undefined || device === undefined || !name?.startsWith("/")) return undefined;
  const path = name.replace(deletedMark, "").replaceAll("\\012", "\n");
  return { path, device, inode: Number(inode), range: `${unpadded(from)}-${unpadded(to)}` };
}

/** maps pads short addresses with zeros, map_files does not. */
const unpadded = (hex: string): string => hex.replace(/^0+(?=.)/, "");

/** The very file, even when it was deleted or lies in another mount namespace. Without the right to map_files: the same inode by name. */
export function openMapped(pid: number, file: MappedFile): Result<Elf> {
  const exact = readElf(procPath(pid, `map_files/${file.range}`));
  if (exact.ok) return exact;
  const named = readElf(procPath(pid, `root${file.path}`));
  if (!named.ok || named.value.file.inode === file.inode) return named;
  named.value.close();
  return exact;
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
