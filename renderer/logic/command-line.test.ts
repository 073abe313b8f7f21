// In: views. Out: the command lines that show the same.
import { expect, test } from "vitest";
import { commandLine } from "./command-line.ts";
import { why } from "./heap-route.ts";
import { gil, grows, live, processes, recordings } from "./routes.ts";

test("each view has its command, quoted for a shell", () => {
  expect(commandLine({ ...processes, filter: "python:3.12 -user:root" }, undefined)).toBe(
    "refscope ps --filter 'python:3.12 -user:root'",
  );
  expect(commandLine({ ...processes, pid: 7 }, undefined)).toBe("refscope doctor 7");
  expect(commandLine(grows("/tmp/it's $HOME.refscope"), undefined)).toBe(
    "refscope report '/tmp/it'\\''s $HOME.refscope'",
  );
  expect(commandLine(gil(), "/x.refscope")).toBe("refscope report /x.refscope");
  expect(commandLine(live(), undefined)).toBeUndefined();
  expect(commandLine(recordings, undefined)).toBe("refscope sessions");
  expect(commandLine(why("/x", "type:app.User", 2), undefined)).toBe("refscope why /x type:app.User --snapshot 2");
});
