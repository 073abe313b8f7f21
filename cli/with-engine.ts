// What to do with an engine in, its result out; the engine is closed whatever happens. Next: engine/engine.ts.
import type { Engine, Far } from "../engine/engine.ts";

/** Loaded here and not at the start: help and usage errors need no engine. */
export async function withEngine<T>(act: (engine: Engine) => Promise<T>, far?: Far): Promise<T> {
  const { createEngine } = await import("../engine/engine.ts");
  const engine = createEngine(undefined, far);
  try {
    return await act(engine);
  } finally {
    await engine.close();
  }
}
