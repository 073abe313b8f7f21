// The dynamic linker's count of loaded objects in, the list of modules out, made anew only when something was loaded. Used by recording.ts and drain.ts.
import { required } from "./libc.ts";

export interface ModuleWatch {
  /** Looks whether something was loaded since; answers what `onChange` did. */
  check(): number;
  readonly modules: readonly Module[];
}

/** `dlpi_adds` of struct dl_phdr_info (link.h): after address, name, headers and their number. */
const addsOffset = 32;

export function loadedModules(onChange: (modules: readonly Module[]) => number): ModuleWatch {
  const adds = loadCounter();
  let seen = -1;
  let modules: readonly Module[] = [];
  let result = 0;
  return {
    check() {
      const now = adds();
      if (now === seen) return result;
      seen = now;
      modules = Process.enumerateModules();
      result = onChange(modules);
      return result;
    },
    get modules() {
      return modules;
    },
  };
}

function loadCounter(): () => number {
  let adds = 0;
  const first = new NativeCallback(
    (info: NativePointer) => {
      adds = info.add(addsOffset).readU64().toNumber();
      return 1;
    },
    "int",
    ["pointer", "size_t", "pointer"],
  );
  const iterate = new NativeFunction(required("dl_iterate_phdr"), "int", ["pointer", "pointer"]);
  return () => {
    iterate(first, NULL);
    return adds;
  };
}
