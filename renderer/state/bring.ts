// A file that was dropped or chosen in, its path in the library out; it goes part by part over the same door as every call, so that the page needs
// no other way to the engine. Next: state/brought.ts.
import { mostPart, mostReceived } from "../../shared/library.ts";
import type { Bridge } from "../bridge.ts";
import type { Answer } from "../logic/loadable.ts";

export interface Progress {
  readonly name: string;
  readonly done: number;
  readonly of: number;
}

export async function bringFile(
  bridge: Bridge,
  file: File,
  told: (progress: Progress) => void,
): Promise<Answer<{ readonly path: string }>> {
  if (file.size > mostReceived) return tooLarge(file.name);
  const begun = await bridge.call("library.receive", { name: file.name, bytes: file.size });
  if (!begun.ok) return begun;
  const { id } = begun.value;
  for (let at = 0; at < file.size; at += mostPart) {
    told({ name: file.name, done: at, of: file.size });
    const data = await base64Of(file.slice(at, at + mostPart));
    if (data === undefined) return unreadable(file.name);
    const taken = await bridge.call("library.part", { id, at, data });
    if (!taken.ok) return taken;
  }
  told({ name: file.name, done: file.size, of: file.size });
  return bridge.call("library.received", { id });
}

/** Undefined when it was removed or changed meanwhile. */
function base64Of(part: Blob): Promise<string | undefined> {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).split(",")[1]);
    reader.onerror = () => done(undefined);
    reader.readAsDataURL(part);
  });
}

const tooLarge = (name: string): Answer<never> => ({
  ok: false,
  problem: {
    code: "usage",
    cause: `${name} is larger than a page may bring`,
    fix: "Open it from a terminal where it lies: `refscope open FILE`.",
  },
});
const unreadable = (name: string): Answer<never> => ({
  ok: false,
  problem: {
    code: "bad-recording",
    cause: `${name} could not be read to its end`,
    fix: "It may have been moved or changed meanwhile; drop it again.",
  },
});
