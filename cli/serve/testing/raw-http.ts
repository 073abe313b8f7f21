// Bytes of a request in, the first line and the head of what came back out; no HTTP client is in between to make them polite.
import { connect } from "node:net";

export interface Raw {
  /** 0 when the connection was closed without an answer. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

const patienceMs = 3000;

export function sendRaw(port: number, text: string): Promise<Raw> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    let received = "";
    const finish = () => {
      socket.destroy();
      done(parse(received));
    };
    socket.setTimeout(patienceMs, finish);
    socket.on("connect", () => socket.write(text, "latin1"));
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (received.startsWith("HTTP/1.1 101") && received.includes("\r\n\r\n")) finish();
    });
    socket.on("error", finish);
    socket.on("close", finish);
  });
}

function parse(received: string): Raw {
  const [head = "", ...rest] = received.split("\r\n\r\n");
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: rest.join("\r\n\r\n") };
}

/** Lines of a head into the text of a request. */
export const request = (lines: readonly string[], body = ""): string => `${lines.join("\r\n")}\r\n\r\n${body}`;
