// What to do with an engine in, its result out; the engine is closed whatever happens. Next: engine/engine.ts.
import type { Engine } from "../engine/engine.ts";

/** Loaded here and not at the start: help and usage errors need no engine. */
export async function withEngine<T>(act: (engine: Engine) => Promise<T>): Promise<T> {
  const { createEngine } = await import("../engine/engine.ts");
  const engine = createEngine();
  try {
    return await act(engine);
  } finally {
    await engine.close();
  }
}
