// A report full of secrets in; the same in form without them out.
import * as v from "valibot";
import { expect, test } from "vitest";
import { report } from "../../shared/documents.ts";
import { plantedSecrets } from "../../test/fixtures/planted-secrets.ts";
import { redactDocument } from "./redact-document.ts";

const home = ["", "home", "ada"].join("/");
const secrets = plantedSecrets(40);
const counts = { allocations: 1 };

const planted = {
  schema: "refscope.report/1",
  target: {
    ...{ pid: 1, executable: `${home}/bin/python`, python: "3.12.1", build: ["release"], platform: "linux-x64" },
    command: `python app.py ${secrets.map(({ written }) => `--${written}`).join(" ")}`,
  },
  recording: {
    ...{ startedAt: "2026-01-02T03:04:05Z", seconds: 1, status: "closed", collected: ["lifecycle"] },
    ...{ produced: counts, stored: counts, dropped: counts },
    notObserved: secrets.map(({ written }) => `The file ${home}/${written} was not found.`),
  },
  lifecycle: {
    types: [],
    sites: secrets.map(({ written }) => ({
      ...{ type: "dict", domain: "obj", live: 1, liveBytes: 1, allocated: 1, freed: 0 },
      ...{ growthPerSecond: 1, bytesPerSecond: 1, steadiness: 1 },
      frames: [{ function: "handler", file: `${home}/${written}/app.py`, line: 3 }],
    })),
  },
};

test.each(["standard", "minimal"] as const)(
  "at %s no secret and no home is left, and its form is the same",
  (level) => {
    expect(v.safeParse(report, planted).issues).toBeUndefined();
    const redacted = redactDocument(planted, level);
    const parsed = v.parse(report, redacted);
    const text = JSON.stringify(redacted);
    expect(secrets.filter(({ secret }) => text.includes(secret))).toEqual([]);
    expect(text).not.toContain(home);
    expect(parsed.lifecycle.sites.map(({ type, frames }) => [type, frames[0]?.function, frames[0]?.line])).toEqual(
      secrets.map(() => ["dict", "handler", 3]),
    );
    if (level === "minimal") expect(parsed.target.command).toBe("");
  },
);

test("threads are named by a hash, messages are left out, numbers stay", () => {
  const document = {
    gil: { threads: [{ threadId: 7, name: "mailer ada" }] },
    raised: [{ type: "KeyError", message: "ada", count: 3 }],
  };
  expect(redactDocument(document, "minimal")).toEqual({
    gil: { threads: [{ threadId: 7, name: expect.stringMatching(/^thread [0-9a-f]{8}$/) }] },
    raised: [{ type: "KeyError", message: null, count: 3 }],
  });
});
