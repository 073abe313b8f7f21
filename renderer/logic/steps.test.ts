// In: phases. Out: the marks of the stepper.
import { expect, test } from "vitest";
import { phaseOfFailure, stepsOf } from "./steps.ts";

const marks = (...given: Parameters<typeof stepsOf>) =>
  stepsOf(...given)
    .map((step) => step.mark)
    .join(" ");

test("steps before are done, steps after wait", () => {
  expect(marks(undefined, false)).toBe("now waiting waiting waiting waiting");
  expect(marks("inject", false)).toBe("done done now waiting waiting");
  expect(marks("inject", true)).toBe("done done failed waiting waiting");
  expect(marks("recording", false)).toBe("done done done done now");
  expect(marks("closed", false)).toBe("done done done done done");
});

test("a step says how long it took", () => {
  const taken = [
    { phase: "preflight", ms: 40 },
    { phase: "gateway", ms: 1200 },
  ] as const;
  expect(stepsOf("gateway", false, [...taken]).map((step) => step.seconds)).toEqual([
    0.04,
    1.2,
    undefined,
    undefined,
    undefined,
  ]);
});

test("a failure tells the step it belongs to", () => {
  expect(["ptrace-denied", "gateway-missing", "attach-timeout", "arm-failed"].map(phaseOfFailure)).toEqual([
    "preflight",
    "gateway",
    "inject",
    "arm",
  ]);
});
