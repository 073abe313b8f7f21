// Frames cut anywhere, joined anyhow and torn: what the reader makes of each.
import { describe, expect, it } from "vitest";
import { encodeFrame, FrameReader, FramingError } from "./framing.ts";

const bytes = (length: number) => Buffer.from(Array.from({ length }, (_, i) => i & 0xff));
const cut = (all: Buffer, size: number) =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.subarray(i * size, (i + 1) * size));

describe("frames", () => {
  it.each([1, 3, 7, 8, 9, 64, 1000])("come out whole from chunks of %i bytes", (size) => {
    const sent = [
      encodeFrame('{"a":1}'),
      encodeFrame('"ä"', bytes(300)),
      encodeFrame("{}", bytes(1)),
      encodeFrame("{}"),
    ];
    const reader = new FrameReader();
    const frames = cut(Buffer.concat(sent), size).flatMap((chunk) => reader.push(chunk));
    expect(frames.map((frame) => [frame.json, frame.bytes.length])).toEqual([
      ['{"a":1}', 0],
      ['"ä"', 300],
      ["{}", 1],
      ["{}", 0],
    ]);
    expect(frames[1]?.bytes).toEqual(bytes(300));
  });

  it("of 100 MB in small chunks are joined once, not at every chunk", () => {
    const reader = new FrameReader();
    const sent = encodeFrame("{}", new Uint8Array(100 * 1024 * 1024).fill(7));
    const frames = cut(sent, 64 * 1024).flatMap((chunk) => reader.push(chunk));
    expect(frames.map((frame) => frame.bytes.length)).toEqual([100 * 1024 * 1024]);
  });

  it("are refused when the pipe carries something else", () => {
    expect(() => new FrameReader().push(Buffer.from("Traceback (most recent call last)"))).toThrow(FramingError);
    expect(() => new FrameReader().push(Buffer.from([4, 0, 0, 0, 99, 0, 0, 0]))).toThrow(FramingError);
  });
});
