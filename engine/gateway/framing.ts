// Chunks of a pipe in, whole frames out: u32 frame length | u32 JSON length | JSON | bytes, little-endian; the frame length
// counts what follows it. bridge.py reads and writes the same. Each byte is copied at most twice. Next: bridge-process.ts.
export interface Frame {
  readonly json: string;
  readonly bytes: Uint8Array;
}

const headBytes = 8;
/** More than any message of ours: a larger length means the pipe carries something else. */
export const longestFrame = 512 * 1024 * 1024;

export class FramingError extends Error {}

export function encodeFrame(json: string, bytes: Uint8Array = new Uint8Array()): Buffer {
  const text = Buffer.from(json, "utf8");
  const head = Buffer.allocUnsafe(headBytes);
  head.writeUInt32LE(4 + text.length + bytes.length, 0);
  head.writeUInt32LE(text.length, 4);
  return Buffer.concat([head, text, bytes]);
}

/** Collects chunks until the frame they begin is whole, so that a long frame is joined once and not at every chunk. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #have = 0;
  #need = headBytes;

  /** @throws FramingError when the bytes are no frames; nothing after that can be trusted. */
  push(chunk: Buffer): readonly Frame[] {
    this.#chunks.push(chunk);
    this.#have += chunk.length;
    if (this.#have < this.#need) return [];
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    const frames: Frame[] = [];
    for (;;) {
      this.#need = frameBytes(rest);
      if (rest.length < this.#need) break;
      frames.push(decodeFrame(rest.subarray(0, this.#need)));
      rest = rest.subarray(this.#need);
    }
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#have = rest.length;
    return frames;
  }
}

/** How many bytes the first frame takes, or the head alone as long as that is not there. */
function frameBytes(bytes: Buffer): number {
  if (bytes.length < headBytes) return headBytes;
  const length = bytes.readUInt32LE(0);
  if (length < 4 || length > longestFrame) throw new FramingError(`a frame of ${length} bytes`);
  return 4 + length;
}

function decodeFrame(frame: Buffer): Frame {
  const length = frame.readUInt32LE(4);
  if (headBytes + length > frame.length) throw new FramingError("JSON longer than its frame");
  return { json: frame.toString("utf8", headBytes, headBytes + length), bytes: frame.subarray(headBytes + length) };
}
