// Keys in, what they do to the tracks out: letters anywhere on the screen, arrows where the tracks have the focus. Next: seek.ts, motion.ts.
import { useEffect } from "react";
import { currentAmong, stepAmong } from "../../logic/gil/shown.ts";
import { useApp } from "../app-context.ts";
import { isTyping } from "../use-keys.ts";
import { Motion, type Move } from "./motion.ts";
import { seekHold } from "./seek.ts";
import type { Tracks } from "./tracks.ts";

const moves: Readonly<Record<string, Move>> = { w: "in", s: "out", a: "left", d: "right" };
const arrows: Readonly<Record<string, Move>> = { ArrowLeft: "left", ArrowRight: "right" };
/** "g" begins a way to another screen: what follows it is no command here. */
const sequenceMs = 1500;

interface Given {
  readonly tracks: Tracks;
  readonly threads: readonly number[];
  readonly path: string;
  readonly find: () => void;
  readonly pin: () => void;
}

/** `threads` are those that are shown. */
export function useTrackKeys({ tracks, threads, path, find, pin }: Given): void {
  const { bridge, settings } = useApp();
  useEffect(() => {
    const motion = new Motion(tracks);
    const seekOne = async (direction: "next" | "previous") => {
      const sought = soughtFrom(tracks, threads, path, direction);
      const hold = sought && (await seekHold(bridge, sought, tracks.whole.get()));
      if (hold) tracks.goTo(hold, "seen");
    };
    // One after the other: the next press begins where this one led.
    let sought = Promise.resolve();
    const seek = (direction: "next" | "previous") => {
      sought = sought.then(() => seekOne(direction));
    };
    const once: Once = {
      ".": () => seek("next"),
      ",": () => seek("previous"),
      f: () => tracks.focus(),
      "0": () => tracks.fit(),
      r: () => tracks.choose({ kind: "span", span: tracks.span.get() }),
      p: pin,
      Escape: () => tracks.choose(undefined),
    };
    const isOff = () => !settings.get().characterKeys;
    return listen({
      motion,
      once,
      isOff,
      find,
      lane: (by) => tracks.thread.set(stepAmong(tracks.thread.get(), threads, by)),
    });
  }, [tracks, threads, path, find, pin, bridge, settings]);
}

type Once = Readonly<Record<string, () => void>>;
interface Listening {
  readonly motion: Motion;
  readonly once: Once;
  /** Keys of one character are switched off; arrows and Escape are none. */
  readonly isOff: () => boolean;
  readonly lane: (by: number) => void;
  readonly find: () => void;
}

function listen({ motion, once, isOff, lane, find }: Listening): () => void {
  let goingUntil = 0;
  const press = (event: KeyboardEvent) => {
    if (isFind(event)) {
      event.preventDefault();
      find();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const going = event.timeStamp < goingUntil;
    goingUntil = event.key === "g" ? event.timeStamp + sequenceMs : 0;
    if (going || event.defaultPrevented || (event.key.length === 1 && isOff())) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const onTracks = event.target instanceof Element && event.target.closest("[data-tracks]") !== null;
    const move = moves[key] ?? (onTracks ? arrows[key] : undefined);
    const steps = onTracks ? { ArrowUp: -1, ArrowDown: 1 }[key] : undefined;
    if (move) motion.press(move);
    else if (steps !== undefined) lane(steps);
    else if (once[key]) once[key]();
    else return;
    event.preventDefault();
  };
  const release = (event: KeyboardEvent) => {
    const move = moves[event.key.toLowerCase()] ?? arrows[event.key];
    if (move) motion.release(move);
  };
  const stop = () => motion.stop();
  addEventListener("keydown", press);
  addEventListener("keyup", release);
  addEventListener("blur", stop);
  return () => {
    motion.stop();
    removeEventListener("keydown", press);
    removeEventListener("keyup", release);
    removeEventListener("blur", stop);
  };
}

/** In place of the browser's own, which prints; with Shift it is the palette's. */
const isFind = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "p";

/** From the chosen hold, when it is one of that lane; else from the edge of what is seen. */
function soughtFrom(tracks: Tracks, threads: readonly number[], path: string, direction: "next" | "previous") {
  const threadId = currentAmong(tracks.thread.get(), threads);
  if (threadId === undefined) return undefined;
  const chosen = tracks.chosen.get();
  const hold = chosen?.kind === "hold" && chosen.hold.threadId === threadId ? chosen.hold : undefined;
  const span = tracks.span.get();
  const ms = direction === "next" ? (hold?.releasedMs ?? span.fromMs) : (hold?.acquiredMs ?? span.toMs);
  return { path, threadId, ms, direction };
}
