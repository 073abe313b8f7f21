// In: a recording that grows and a user who moves. Out: what is seen of it.
import { expect, test } from "vitest";
import type { Bridge } from "../../bridge.ts";
import type { Span } from "../../logic/gil/span.ts";
import { createCell } from "../cell.ts";
import { Tracks } from "./tracks.ts";

/** The engine is not asked: there is no link. */
const bridge: Bridge = {
  call: async () => ({ ok: false, problem: { code: "engine-lost", cause: "", fix: "" } }),
  link: createCell("connecting"),
  trouble: createCell({ code: "engine-lost", cause: "", fix: "" }),
};
const of = (asked?: Span) => new Tracks(bridge, "x.refscope", asked);
const seen = (tracks: Tracks) => {
  const { fromMs, toMs } = tracks.span.get();
  return `${Math.round(fromMs)}-${Math.round(toMs)}`;
};

test("who sees all goes on to see all", () => {
  const tracks = of();
  tracks.grow(1000, true);
  tracks.grow(2000, true);
  expect(seen(tracks)).toBe("0-2000");
});

test("the right edge is followed until one looks elsewhere, and again when asked", () => {
  const tracks = of();
  tracks.grow(1000, true);
  tracks.zoom(0.5, 1000);
  tracks.grow(1200, true);
  expect(seen(tracks)).toBe("700-1200");
  tracks.pan(-0.5);
  tracks.grow(1400, true);
  expect(seen(tracks)).toBe("450-950");
  tracks.follow();
  tracks.grow(1500, true);
  expect(seen(tracks)).toBe("1000-1500");
});

test("what a link asks for waits until it is known how long the recording is", () => {
  const tracks = of();
  tracks.zoom(0.5);
  tracks.see({ fromMs: 300, toMs: 400 });
  tracks.grow(1000, false);
  expect(seen(tracks)).toBe("300-400");
  const beyond = of({ fromMs: 5000, toMs: 6000 });
  beyond.grow(2000, false);
  expect(seen(beyond)).toBe("1000-2000");
});

test("what is chosen is looked at, and all of it the second time", () => {
  const tracks = of();
  tracks.grow(1000, false);
  tracks.choose({ kind: "span", span: { fromMs: 200, toMs: 300 } });
  tracks.focus();
  expect(seen(tracks)).toBe("200-300");
  tracks.focus();
  expect(seen(tracks)).toBe("0-1000");
});
