// In: an interpreter. Out: one of the same version that has memray, or why there is none. Next: lifecycle.ts.
import type { Interpreter } from "../../test/examples/pythons.ts";
import { type Wheel, wheelFor } from "./wheels.ts";

export type Memray = Wheel;
export const memrayFor = (interpreter: Interpreter): Memray => wheelFor(interpreter, "memray");
