// In: the documents of shared/. Out: the published schemas are those; repaired by `node scripts/schemas.ts --write`.
import { expect, test } from "vitest";
import { outdated } from "../../scripts/schemas.ts";

test("docs/schemas is up to date", () => expect(outdated()).toEqual([]));
