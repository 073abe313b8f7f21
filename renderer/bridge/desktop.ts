// The desktop application's own functions in, a port to its engine out. The only file that knows their name. Next: bridge.ts.
import * as v from "valibot";
import { type DesktopApi, desktopChannels, desktopGlobal, droppedMessage } from "../../shared/desktop-contract.ts";
import type { Problem } from "../logic/loadable.ts";
import type { Transport } from "./transport.ts";

declare global {
  interface Window {
    readonly [desktopGlobal]?: DesktopApi;
  }
}

/** Undefined in a browser. */
export const desktop = (): DesktopApi | undefined => window[desktopGlobal];

/** Files that were dropped were opened by the shell, or not. Out: no longer. */
export function whenDropped(tell: (problem: Problem | undefined, left: number) => void): () => void {
  const listen = (event: MessageEvent<unknown>) => {
    const told = event.source === window ? v.safeParse(droppedMessage, event.data) : undefined;
    if (told?.success) tell(told.output.problem ?? undefined, told.output.left);
  };
  addEventListener("message", listen);
  return () => removeEventListener("message", listen);
}

export function desktopTransport(shell: DesktopApi): Transport {
  let onPort: ((port: MessagePort) => void) | undefined;
  let onGone: (() => void) | undefined;
  // Our own window alone speaks here: the preload script passes on what the application sends.
  const listen = (event: MessageEvent<unknown>) => {
    if (event.source !== window) return;
    const [port] = event.ports;
    if (event.data === desktopChannels.port && port) onPort?.(port);
    if (event.data === desktopChannels.gone) onGone?.();
  };
  return {
    lost: {
      code: "engine-lost",
      cause: "the engine does not answer",
      fix: "It starts again by itself. What was recorded until then is kept, under Recordings.",
    },
    async begin() {
      addEventListener("message", listen);
    },
    async connect({ text, closed }) {
      const coming = new Promise<MessagePort | undefined>((done) => {
        onPort = done;
        onGone = () => done(undefined);
      });
      const asked = await shell.connect();
      const port = asked.ok ? await coming : undefined;
      if (!port) return "unreachable";
      port.onmessage = (event) => text(String(event.data));
      onGone = () => {
        onGone = undefined;
        port.close();
        closed();
      };
      return { send: (words) => port.postMessage(words) };
    },
  };
}
