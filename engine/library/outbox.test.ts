// A text in; it is taken once, and lies nowhere afterwards.
import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { expectOk } from "../../test/fixtures/synthetic-recording.ts";
import { Offers } from "./offers.ts";
import { Outbox } from "./outbox.ts";

test("what is made to be taken is taken once, and is gone when it is open or the engine ends", () => {
  const offers = new Offers();
  const outbox = new Outbox(offers);
  const [first, second] = ["one", "two"].map((text) => expectOk(outbox.text("a.md", text)));
  const taken = offers.take(first?.ticket ?? "");
  expect([taken?.name, taken && readFileSync(taken.path, "utf8")]).toEqual(["a.md", "one"]);
  taken?.gone?.();
  expect(existsSync(dirname(taken?.path ?? ""))).toBe(false);
  expect(offers.take(first?.ticket ?? "")).toBeUndefined();
  const other = offers.take(second?.ticket ?? "");
  expect(existsSync(other?.path ?? "")).toBe(true);
  outbox.close();
  expect(existsSync(other?.path ?? "")).toBe(false);
});
