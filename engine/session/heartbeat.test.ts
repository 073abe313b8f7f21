// Beats as posted, by a clock that is let run.
import { expect, it, vi } from "vitest";
import type { Beat } from "../../shared/agent-protocol.ts";
import { Heartbeat } from "./heartbeat.ts";

it("beats at once, again and again, and for each stored batch, until it is stopped", async () => {
  const beats: Beat[] = [];
  const heartbeat = new Heartbeat((beat) => void beats.push(beat), 10);
  expect(beats).toEqual([{ type: "beat", acknowledged: -1 }]);
  heartbeat.stored(4);
  heartbeat.stored(3);
  expect(beats.slice(1).map((beat) => beat.acknowledged)).toEqual([4, 4]);
  await vi.waitFor(() => expect(beats.length).toBeGreaterThan(5));
  heartbeat.stop();
  const count = beats.length;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(beats).toHaveLength(count);
});
