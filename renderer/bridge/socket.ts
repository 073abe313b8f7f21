// The page's own server in, a WebSocket to it out, after the link's token was exchanged. Next: bridge.ts.
import { isSignedIn, redeem, takeToken } from "../session.ts";
import type { Transport } from "./transport.ts";

export const socketTransport: Transport = {
  lost: {
    code: "engine-lost",
    cause: "the engine does not answer",
    fix: "Look at the terminal where `refscope serve` runs; start it again if it ended.",
  },
  async begin() {
    const token = takeToken();
    // A second link pasted into the same tab changes only the fragment: no page is loaded anew.
    addEventListener("hashchange", () => {
      const another = takeToken();
      if (another !== undefined) void redeem(another);
    });
    if (token !== undefined) await redeem(token);
  },
  async connect({ text, closed }) {
    const signedIn = await isSignedIn();
    if (signedIn === "no") return "locked";
    if (signedIn === "unreachable") return "unreachable";
    const socket = new WebSocket(new URL("rpc", location.href.replace(/^http/, "ws").replace(/#.*/, "")));
    socket.onmessage = (event) => text(String(event.data));
    return new Promise((done) => {
      socket.onclose = () => done("unreachable");
      socket.onopen = () => {
        socket.onclose = closed;
        done({ send: (words) => socket.readyState === WebSocket.OPEN && socket.send(words) });
      };
    });
  },
};
