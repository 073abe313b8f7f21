// Names of the C library in, their addresses out, as the dynamic linker would bind them (an interposed malloc is the right one). Used by core/ and native-memory.ts.

/** dlsym(RTLD_DEFAULT, name), undefined when nobody exports it. */
export function global(name: string): NativePointer | undefined {
  const dlsym = new NativeFunction(Module.getGlobalExportByName("dlsym"), "pointer", ["pointer", "pointer"]);
  const found = dlsym(NULL, Memory.allocUtf8String(name));
  return found.isNull() ? undefined : found;
}

export function required(name: string): NativePointer {
  const found = global(name);
  if (found === undefined) throw new Error(`the C library exports no ${name}`);
  return found;
}

const CLOCK_MONOTONIC = 1;

/** Nanoseconds. */
export function monotonic(): number {
  const time = Memory.alloc(16);
  new NativeFunction(required("clock_gettime"), "int", ["int", "pointer"])(CLOCK_MONOTONIC, time);
  return time.readS64().toNumber() * 1e9 + time.add(8).readS64().toNumber();
}
