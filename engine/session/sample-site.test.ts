// In: sites as somebody writes them. Out: what is looked for, or the code of the refusal.
import { expect, test } from "vitest";
import { parseSite } from "./sample-site.ts";

test.each([
  ["app.py:12", { file: "app.py", line: 12 }],
  ["/srv/a@b/app.py:7", { file: "/srv/a@b/app.py", line: 7 }],
  ["dict@app.py:12", { type: "dict", file: "app.py", line: 12 }],
  ["type:dict", { type: "dict" }],
  ["type:app.Box", { type: "app.Box" }],
  ["type:dict@handler", { type: "dict", function: "handler" }],
  ["handler", { function: "handler" }],
  ["Pool.<locals>.take", { function: "Pool.<locals>.take" }],
  ["Größe", { function: "Größe" }],
])("%s", (text, site) => expect(parseSite(text)).toEqual({ ok: true, value: site }));

test.each(["", "app.py", "type:", "type:a b", "dict@", "app.py:0", "a b", "x".repeat(2000)])("%s is refused", (text) =>
  expect(parseSite(text)).toMatchObject({ ok: false, failure: { code: "not-a-site" } }),
);
