// The tables of agent/core/watch.ts and agent/native/watch.h in, compiled as assertions; out: they say the same.
import { join } from "node:path";
import {
  placeOffsets,
  watchDoors,
  watchedBytes,
  watchedOffsets,
  watchOffsets,
  watchTargetWords,
} from "../../agent/core/watch.ts";
import { sampleTargetWords } from "../../agent/core/watch-sample.ts";
import { mostSampled, mostWatched } from "../../shared/agent-protocol.ts";
import { watchStates } from "../../shared/records.ts";
import { compiles, holds, root } from "./compiled-structs.ts";

const fields = (type: string, offsets: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(offsets).map(([name, offset]) =>
    name === "size" && type === "Place"
      ? holds("sizeof(Place)", offset)
      : holds(`__builtin_offsetof(${type}, ${name})`, offset),
  );

const source = [
  `#include "${join(root, "agent/native/core.h")}"`,
  ...fields("WatchDoors", watchDoors),
  holds("sizeof(WatchDoors)", 8 * Object.keys(watchDoors).length),
  ...fields("Watch", watchOffsets),
  ...fields("Place", placeOffsets),
  ...fields("Watched", watchedOffsets),
  ...fields("WatchTarget", Object.fromEntries(watchTargetWords.map((name, i) => [name, 8 * i]))),
  holds("sizeof(WatchTarget)", 8 * watchTargetWords.length),
  holds("WATCH_SLOTS", mostWatched),
  holds("MOST_WATCHED", mostSampled),
  holds("sizeof(Watched)", watchedBytes),
  ...fields("SampleTarget", Object.fromEntries(sampleTargetWords.map((name, i) => [name, 8 * i]))),
  ...watchStates.map((name, number) => holds(`WATCH_${name.toUpperCase()}`, number)),
].join("\n");

compiles("the core and the agent agree on what is followed", source);
