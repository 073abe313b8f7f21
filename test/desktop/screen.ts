// Nothing in, an X display of our own without a screen out, or why there is none: nothing of a test is shown to who works here. Next: fixture.ts.
import { type ChildProcess, spawn } from "node:child_process";

export interface XDisplay {
  readonly name: string;
  close(): void;
}

export async function openDisplay(): Promise<XDisplay | string> {
  const words = ["-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"];
  const server: ChildProcess = spawn("Xvfb", words, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const number = await new Promise<string | undefined>((done) => {
    server.once("error", () => done(undefined));
    server.once("exit", () => done(undefined));
    const pipe = server.stdio[3];
    if (pipe && "on" in pipe) pipe.on("data", (text) => done(String(text).trim()));
  });
  if (number === undefined) return "no X server: Xvfb does not start";
  return { name: `:${number}`, close: () => void server.kill() };
}
