// A CPython version in, the byte offsets of its structures out, or undefined for a version nobody has measured. Next: core/structs.ts.
import { debugOffsetWords, laterLayouts, staticLayouts } from "./generated.ts";

/** Offsets in bytes. An optional one does not exist in that version. */
export interface Layout {
  readonly runtimeCurrentThread?: number;
  readonly runtimeInterpreters: number;
  readonly runtimeFinalizing: number;
  readonly interpreterNext: number;
  readonly threadInterpreter: number;
  readonly threadFrame: number;
  readonly cframeCurrent?: number;
  readonly frameBack: number;
  readonly frameCode: number;
  readonly frameInstruction: number;
  readonly frameOwner?: number;
  readonly codeStart?: number;
  readonly codeName: number;
  readonly codeQualname?: number;
  readonly codeFilename: number;
  readonly codeFirstLine: number;
  readonly codeLineTable: number;
  readonly objectType: number;
  readonly typeName: number;
  readonly typeBasicSize: number;
  readonly typeItemSize: number;
  readonly typeFlags: number;
  readonly varSize: number;
  readonly bytesData: number;
  readonly unicodeLength: number;
  readonly unicodeState: number;
  readonly unicodeAscii: number;
  readonly unicodeCompact: number;
  /** The error indicator: its type up to 3.11, the exception from 3.12 on. */
  readonly threadError: number;
  /** exc_info, the innermost _PyErr_StackItem; its exception, the item around it. */
  readonly threadHandled: number;
  readonly handledValue: number;
  readonly handledBefore: number;
  readonly exceptionArguments: number;
  readonly tupleItems: number;
  /** The GIL: in _PyRuntime up to 3.11, else a pointer in the interpreter; and its fields. */
  readonly runtimeGil?: number;
  readonly interpreterGil?: number;
  readonly gilInterval: number;
  readonly gilLastHolder: number;
  readonly gilLocked: number;
  readonly gilSwitches: number;
  readonly gilCond: number;
  readonly gilMutex: number;
  readonly gilSwitchCond: number;
}

type Words = Readonly<Record<string, number>>;

/** "3.11" of PY_VERSION_HEX. */
export const minorVersion = (versionHex: number): string => `${versionHex >>> 24}.${(versionHex >>> 16) & 0xff}`;

export const knownVersions: readonly string[] = [...Object.keys(staticLayouts), ...Object.keys(debugOffsetWords)];

/** @param runtime address of _PyRuntime, where _Py_DebugOffsets begins from 3.13 on. */
export function layoutOf(versionHex: number, runtime: NativePointer): Layout | undefined {
  const version = minorVersion(versionHex);
  if (isKey(staticLayouts, version)) return staticLayouts[version];
  if (!isKey(debugOffsetWords, version) || !isKey(laterLayouts, version)) return undefined;
  const words = readDebugOffsets(runtime, debugOffsetWords[version]);
  return words.version === versionHex ? fromDebugOffsets(words, laterLayouts[version]) : undefined;
}

/** What the running process tells of its own structures; nothing before 3.13. */
export function debugOffsets(versionHex: number, runtime: NativePointer): Words {
  const version = minorVersion(versionHex);
  return isKey(debugOffsetWords, version) ? readDebugOffsets(runtime, debugOffsetWords[version]) : {};
}

const isKey = <T extends object>(table: T, key: string): key is Extract<keyof T, string> => key in table;

function readDebugOffsets(runtime: NativePointer, names: readonly string[]): Words {
  if (runtime.readUtf8String(8) !== "xdebugpy") return {};
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      runtime
        .add(8 + index * 8)
        .readU64()
        .toNumber(),
    ]),
  );
}

/** PEP 768's table does not tell what follows tp_name and tp_basicsize: Include/cpython/object.h has not moved them since 3.8. */
const publicTypeLayout = { typeBasicSize: 32, typeItemSize: 40 };

function fromDebugOffsets(words: Words, later: (typeof laterLayouts)[keyof typeof laterLayouts]): Layout | undefined {
  const at = (name: string) => words[name] ?? Number.NaN;
  const layout = {
    ...publicTypeLayout,
    ...later,
    interpreterGil: at("interpreter_state.ceval_gil"),
    runtimeInterpreters: at("runtime_state.interpreters_head"),
    runtimeFinalizing: at("runtime_state.finalizing"),
    interpreterNext: at("interpreter_state.next"),
    threadInterpreter: at("thread_state.interp"),
    threadFrame: at("thread_state.current_frame"),
    frameBack: at("interpreter_frame.previous"),
    frameCode: at("interpreter_frame.executable"),
    frameInstruction: at("interpreter_frame.instr_ptr"),
    frameOwner: at("interpreter_frame.owner"),
    codeStart: at("code_object.co_code_adaptive"),
    codeName: at("code_object.name"),
    codeQualname: at("code_object.qualname"),
    codeFilename: at("code_object.filename"),
    codeFirstLine: at("code_object.firstlineno"),
    codeLineTable: at("code_object.linetable"),
    objectType: at("pyobject.ob_type"),
    typeName: at("type_object.tp_name"),
    typeFlags: at("type_object.tp_flags"),
    varSize: at("bytes_object.ob_size"),
    bytesData: at("bytes_object.ob_sval"),
    unicodeLength: at("unicode_object.length"),
    unicodeState: at("unicode_object.state"),
    unicodeAscii: at("unicode_object.asciiobject_size"),
    // PyCompactUnicodeObject adds utf8_length and utf8 (Include/cpython/unicodeobject.h).
    unicodeCompact: at("unicode_object.asciiobject_size") + 16,
  };
  return Object.values(layout).every((offset) => offset >= 0 && offset < 1 << 20) ? layout : undefined;
}
