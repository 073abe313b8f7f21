// The desktop application's own functions in, a port to its engine out. The only file that knows their name. Next: bridge.ts.
import * as v from "valibot";
import { type DesktopApi, desktopChannels, desktopGlobal, droppedMessage } from "../../shared/desktop-contract.ts";
import type { Transport } from "./transport.ts";

declare global {
  interface Window {
    readonly [desktopGlobal]?: DesktopApi;
  }
}

/** Undefined in a browser. */
export const desktop = (): DesktopApi | undefined => window[desktopGlobal];

/** Files that were dropped were taken by the shell, all but so many. Out: no longer. */
export function whenDropped(tell: (left: number) => void): () => void {
  const listen = (event: MessageEvent<unknown>) => {
    const told = event.source === window ? v.safeParse(droppedMessage, event.data) : undefined;
    if (told?.success) tell(told.output.left);
  };
  addEventListener("message", listen);
  return () => removeEventListener("message", listen);
}

export function desktopTransport(shell: DesktopApi): Transport {
  let onPort: ((port: MessagePort) => void) | undefined;
  let onGone: (() => void) | undefined;
  let onAnother: (() => void) | undefined;
  // Our own window alone speaks here: the preload script passes on what the application sends.
  const listen = (event: MessageEvent<unknown>) => {
    if (event.source !== window) return;
    const [port] = event.ports;
    if (event.data === desktopChannels.port && port) onPort?.(port);
    // With no connection to lose, it says that the engine was changed.
    if (event.data === desktopChannels.gone) (onGone ?? onAnother)?.();
  };
  return {
    lost: {
      code: "engine-lost",
      cause: "the engine does not answer",
      fix: "It is called again until it does. What was recorded until then is kept, under Recordings.",
    },
    async begin(another) {
      onAnother = another;
      addEventListener("message", listen);
    },
    async connect({ text, closed }) {
      let gone = false;
      const coming = new Promise<MessagePort | undefined>((done) => {
        onPort = done;
        onGone = () => {
          gone = true;
          done(undefined);
        };
      });
      const asked = await shell.connect();
      const port = asked.ok ? await coming : undefined;
      onGone = undefined;
      if (!asked.ok) return { problem: { ...asked.problem, code: "engine-lost" } };
      // It may have ended after its port came, while the answer was still on its way.
      if (!port || gone) return "unreachable";
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
