// In: GIL reports. Out: the sentence in the heading.
import { expect, test } from "vitest";
import type { GilReport } from "../../../shared/gil-document.ts";
import { plain } from "../finding.ts";
import { blameSentence, gilHeadline, gilSummary, groundSentence } from "./finding.ts";
import { namesOf, spoken } from "./threads.ts";

const thread = (threadId: number, name: string | null, waitFraction: number) => ({
  threadId,
  name,
  kernelName: "python3",
  holdFraction: 0.4,
  waitFraction,
  holds: 900,
  waits: waitFraction > 0 ? 90 : 0,
  forced: 80,
  waitP50Ms: 5,
  waitP99Ms: 5.2,
  waitMaxMs: 6,
  holdP50Ms: 5,
  holdP99Ms: 5.1,
  holdMaxMs: 50,
});
const report: GilReport = {
  switches: 1800,
  switchesCounted: 1801,
  intervalMs: 5,
  thresholdMs: 10,
  holdP50Ms: 5,
  holdP99Ms: 49,
  threads: [thread(1, "spin", 0), thread(2, "sleeper", 0.3)],
  longHolds: [],
  blame: [{ waiter: 2, holder: 1, ms: 4100 }],
  convoys: [],
  calls: [],
};
const said = (more: Partial<GilReport>) => plain(gilHeadline({ ...report, ...more }));

test("a convoy is the finding, then a long hold that made others wait, then the one who waits", () => {
  const convoys = [{ waiter: 2, holder: 1, waits: 812, ms: 4100 }];
  const frames = [{ function: "bad", file: "/srv/report.py", line: 5 }];
  const longHolds = [
    { hold: 3, threadId: 1, startMs: 10, ms: 50.3, unfinished: false, frames, native: [], waiters: [2] },
  ];
  expect(said({ convoys, longHolds })).toBe("Convoy: sleeper waits mostly behind spin");
  expect(said({ longHolds })).toBe("spin held the GIL for 50.3 ms in bad · report.py:5; 1 thread waited");
  expect(said({})).toBe("sleeper waits for the GIL 30.0 % of the time");
});

test("the summary tells the convoy in whole, how long holds last and who waited longest", () => {
  const convoys = [
    { waiter: 2, holder: 1, waits: 700, ms: 3500 },
    { waiter: 3, holder: 1, waits: 112, ms: 600 },
  ];
  const threads = [thread(1, "spin", 0), thread(2, "sleeper", 0.3), { ...thread(3, "misser", 0.1), waitMaxMs: 7 }];
  const blame = [...report.blame, { waiter: 3, holder: 2, ms: 900 }];
  expect(gilSummary({ ...report, convoys, threads, blame }).map(plain)).toEqual([
    "A convoy: spin holds the GIL; sleeper and misser wait mostly behind spin (82.0 % of their waiting): 812 waits of at least a whole switch interval (5 ms), 4.1 s in all.",
    "Half of all holds end within 5 ms, 99 % within 49 ms; the longest, of spin, lasted 50 ms.",
    "misser waited longest, 7 ms; half of its waits end within 5 ms, 99 % within 5.2 ms.",
  ]);
  expect(gilSummary(report)).toHaveLength(2);
});

test("where nobody waits it says so", () => {
  expect(said({ threads: [thread(1, "a", 0), thread(2, "b", 0)] })).toBe("Nobody waits for the GIL");
  expect(said({ threads: [thread(1, "a", 0.001), thread(2, "b", 0)] })).toBe("Hardly anybody waits for the GIL");
  expect(said({ threads: [thread(1, "a", 0)] })).toBe("One thread alone takes the GIL");
  expect(said({ threads: [] })).toBe("Nobody has taken the GIL yet");
});

test("threads of one name are told apart by their ids", () => {
  const names = namesOf([thread(1, "w", 0), thread(2, "w", 0), thread(3, "x", 0), thread(4, null, 0)]);
  expect([1, 2, 3, 4, 5].map((id) => spoken(names, id))).toEqual(["w 1", "w 2", "x", "python3 4", "unnamed 5"]);
});

test("the ground says how much, and when CPython counted otherwise", () => {
  expect(groundSentence(report, 10)).toBe(
    "2 threads took the GIL 1,800 times in 10 s and held it 80.0 % of the time; 1,800 switches, 160 holds were ended by another thread's asking.",
  );
  expect(groundSentence({ ...report, switchesCounted: 2000 }, 10)).toContain("CPython itself counted 2,000.");
  expect(plain(blameSentence(report.blame, namesOf(report.threads)))).toBe(
    "100.0 % of all waiting is sleeper waiting for spin.",
  );
});
