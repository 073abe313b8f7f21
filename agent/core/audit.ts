// The door table of audit-entries.c in, its functions and tables with types out; each symbol is typed once, here. Next: ../audit.ts.

/** The table `AuditDoors` of native/audit.h. */
export const auditDoors = {
  audit: 0,
  prepare: 8,
  begin: 16,
  stop: 24,
  end: 32,
  range: 40,
  relro: 48,
  visit_all: 56,
  visit_items: 64,
  call: 72,
  unstub: 80,
  methods: 88,
  settle: 96,
  scan: 104,
  look: 112,
  follow: 120,
  cycles: 128,
  bind: 136,
} as const;
/** Of `Audit`, `Entry`, `ApiSlot`, `AuditRow`, `AuditFinding`, `Missed`. */
export const auditOffsets = {
  entry_count: 8,
  api_count: 12,
  row_count: 16,
  finding_count: 20,
  missed_count: 24,
  entries: 40,
  apis: 48,
  rows: 56,
  findings: 64,
  missed: 72,
} as const;
export const entryOffsets = { function: 0, slot: 8, name: 16, owner: 24, calls: 32, size: 48 } as const;
export const apiSlotOffsets = { slot: 0, size: 80 } as const;
export const rowOffsets = {
  address: 8,
  entry: 16,
  role: 20,
  api: 24,
  type: 28,
  references: 32,
  calls: 40,
  seen: 64,
  size: 136,
} as const;
export const findingOffsets = {
  rule: 0,
  entry: 8,
  api: 16,
  type: 24,
  address: 32,
  count: 40,
  guarded: 48,
  size: 56,
} as const;
/** Of `Bound` and `Binding`. */
export const boundOffsets = { slot: 0, key: 8, owner: 16, size: 24 } as const;
export const bindingOffsets = { next: 0, property_type: 8, wrapper_types: 16, out: 40, most: 48, size: 72 } as const;
export const missedOffsets = { api: 0, address: 8, calls: 16, size: 24 } as const;
/** WALK_… of native/audit.h. */
const walks = { patch: 0, unpatch: 1, holders: 2, cycles: 3 } as const;
/** Kinds of balances that a row counts: -4 or less … 4 or more. */
export const balances = 9;
/** `AuditTarget`: one 64-bit word each, in order. */
export const auditTargetWords = [
  "count_bytes",
  "none",
  "tuple_type",
  "list_type",
  "tuple_items",
  "function_type",
  "method_type",
  "class_method_type",
  "getset_type",
  "wrapper_type",
  "module_type",
  "weakref_type",
  "member_type",
  "dict_type",
  "guard",
  "visit",
] as const;
export type AuditTarget = Readonly<Record<(typeof auditTargetWords)[number], NativePointer | number>>;
/** `ApiRule`, in order. */
export type ApiRule = readonly [
  flags: number,
  act: number,
  steals: number,
  stealsOnSuccess: number,
  gives: number,
  newOut: number,
  replaces: number,
  uses: number,
];

type Table = "entries" | "apis" | "rows" | "findings" | "missed";

export interface AuditCore {
  /** False when there is no memory for the tables. */
  prepare(target: AuditTarget): boolean;
  begin(): void;
  stop(): void;
  end(): void;
  range(from: NativePointer, to: NativePointer): void;
  relro(from: NativePointer, to: NativePointer): void;
  /** Of what the garbage collector knows, on 3.12 and later: patches it, takes inherited stubs out again, or notes what it holds. */
  visitAll(walk: keyof typeof walks): void;
  visitItems(items: NativePointer, count: number): void;
  methods(table: NativePointer): void;
  /** The stub for a slot of the C API; undefined when none is left. */
  call(slot: NativePointer, target: NativePointer, rule: ApiRule): NativePointer | undefined;
  settle(): void;
  /** Writable data of the module: the objects that it points to. Under the GIL. */
  scan(from: NativePointer, to: NativePointer): void;
  /** Counts them again: how many grow and are not followed yet. Needs no GIL. */
  look(): number;
  /** From now on every call looks at those. Under the GIL. */
  follow(): void;
  /** True when all objects are to be walked (once more) in search of cycles. */
  cycles(): boolean;
  /** Gives each callable that a module binds to a name an entry of its own; how many rows it wrote. */
  bind(binding: NativePointer, module: NativePointer): number;
  /** A table as its bytes stand, from row `first` on. */
  read(table: Table, size: number, first: number): DataView;
  readonly entryCount: number;
}

const counts = {
  entries: "entry_count",
  apis: "api_count",
  rows: "row_count",
  findings: "finding_count",
  missed: "missed_count",
} as const;
/** Of these row 0 stands for none. */
const fromOne = (table: Table): number => (table === "apis" ? 0 : 1);

export function auditCoreAt(doors: NativePointer): AuditCore {
  const at = (name: keyof typeof auditDoors) => doors.add(auditDoors[name]).readPointer();
  const audit = at("audit");
  const prepare = new NativeFunction(at("prepare"), "int", ["pointer"]);
  const plain = (name: "begin" | "stop" | "end" | "settle" | "follow") => new NativeFunction(at(name), "void", []);
  const pair = (name: "range" | "relro" | "methods" | "scan") =>
    new NativeFunction(at(name), "void", ["pointer", "pointer"]);
  const visitAll = new NativeFunction(at("visit_all"), "uint64", ["uint"]);
  const visitItems = new NativeFunction(at("visit_items"), "uint64", ["pointer", "uint64"]);
  const call = new NativeFunction(at("call"), "pointer", ["pointer", "pointer", "pointer"]);
  const bind = new NativeFunction(at("bind"), "uint64", ["pointer", "pointer"]);
  const [begin, stop, end, settle] = [plain("begin"), plain("stop"), plain("end"), plain("settle")];
  const [range, relro, methods, scan] = [pair("range"), pair("relro"), pair("methods"), pair("scan")];
  const number = (name: "look" | "cycles") => new NativeFunction(at(name), "uint64", []);
  const [look, cycles] = [number("look"), number("cycles")];
  const follow = plain("follow");
  const scratch = Memory.alloc(8 * auditTargetWords.length);
  const count = (table: Table) => audit.add(auditOffsets[counts[table]]).readU32();
  return {
    prepare(target) {
      auditTargetWords.forEach((name, i) => void scratch.add(8 * i).writePointer(word(target[name])));
      return prepare(scratch) !== 0;
    },
    begin: () => void begin(),
    stop: () => void stop(),
    end: () => void end(),
    settle: () => void settle(),
    scan: (from, to) => void scan(from, to),
    look: () => look().toNumber(),
    cycles: () => cycles().toNumber() > 0,
    follow: () => void follow(),
    bind: (binding, module) => bind(binding, module).toNumber(),
    range: (from, to) => void range(from, to),
    relro: (from, to) => void relro(from, to),
    methods: (table) => void methods(table, NULL),
    visitAll: (walk) => void visitAll(walks[walk]),
    visitItems: (items, length) => void visitItems(items, length),
    call(slot, target, rule) {
      rule.forEach((value, i) => void scratch.add(8 * i).writeU64(value));
      const stub = call(slot, target, scratch);
      return stub.isNull() ? undefined : stub;
    },
    read(table, size, first) {
      const length = Math.max(0, count(table) + fromOne(table) - first);
      const rows = audit.add(auditOffsets[table]).readPointer();
      return new DataView(rows.add(first * size).readByteArray(length * size) ?? new ArrayBuffer(0));
    },
    get entryCount() {
      return count("entries");
    },
  };
}

const word = (value: NativePointer | number): NativePointer => (typeof value === "number" ? ptr(value) : value);
