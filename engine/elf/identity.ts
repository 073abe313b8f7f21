// A file's first bytes in, which machine it is for out. Layout: System V ABI, "ELF header". Next: elf.ts, engine/preflight.
import { fail, ok, type Result } from "../../shared/failures.ts";
import { type BinaryFile, openBinary } from "./binary-file.ts";

export interface Identity {
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;
  /** e_machine: 62 is x86-64, 183 is AArch64. */
  readonly machine: number;
}

const layout = { bits: 4, order: 5, machine: 18, size: 20 } as const;
const magic = Buffer.from("\x7fELF", "latin1");

const machineNames: Readonly<Record<number, string>> = {
  3: "x86",
  8: "MIPS",
  21: "PowerPC",
  22: "s390x",
  40: "ARM",
  62: "x86-64",
  183: "AArch64",
  243: "RISC-V",
  258: "LoongArch",
};

export function readIdentity(path: string): Result<Identity> {
  const file = openBinary(path);
  if (!file.ok) return file;
  try {
    return identityOf(file.value);
  } finally {
    file.value.close();
  }
}

export function identityOf(file: BinaryFile): Result<Identity> {
  const head = file.read(0, layout.size);
  if (head === undefined || !head.subarray(0, 4).equals(magic))
    return refuse(file, "it does not begin with the ELF magic");
  const [bits, order] = [head[layout.bits], head[layout.order]];
  if ((bits !== 1 && bits !== 2) || (order !== 1 && order !== 2))
    return refuse(file, "its class or byte order is unknown");
  const littleEndian = order === 1;
  const machine = littleEndian ? head.readUInt16LE(layout.machine) : head.readUInt16BE(layout.machine);
  return ok({ bits: bits === 1 ? 32 : 64, littleEndian, machine });
}

const refuse = (file: BinaryFile, why: string) => fail("unreadable-binary", { path: file.path, why });

/** "x86-64", "32-bit ARM": words for a sentence. */
export function machineText(identity: Identity): string {
  const name = machineNames[identity.machine] ?? `machine ${identity.machine}`;
  return identity.bits === 32 ? `32-bit ${name}` : name;
}

/** e_machine of the Node that runs this; undefined where Refscope is not built for it. */
export function ownMachine(arch: string = process.arch): number | undefined {
  if (arch === "x64") return 62;
  return arch === "arm64" ? 183 : undefined;
}
