// In: addresses to listen on. Out: only those of this machine's loopback are taken.
import { expect, test } from "vitest";
import { fail } from "../../shared/failures.ts";
import { serve } from "./serve.ts";

const nobody = { call: async () => fail("usage", { what: "nobody" }) };

test("an address that others can reach is refused by name", async () => {
  for (const host of ["0.0.0.0", "::", "192.168.0.1", "example.org", "127.0.0.1.evil.example", ""]) {
    const served = await serve(nobody, { host, quiet: true }, () => {});
    expect(served.ok ? "served" : served.failure.code).toBe("usage");
  }
});
