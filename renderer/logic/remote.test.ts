// In: links and names as they are pasted. Out: what is opened, and what is not.
import { expect, test } from "vitest";
import { linkOf, tunnelCommand } from "./remote.ts";

const token = `${"aB3_-".repeat(8)}xyz`;

test("a whole link, or its address with the token beside it", () => {
  const link = `http://127.0.0.1:8123/#token=${token}`;
  expect(linkOf(` ${link}\n`, "")).toEqual({ ok: true, value: link });
  expect(linkOf("http://127.0.0.1:8123", token)).toEqual({ ok: true, value: link });
  expect(linkOf(`${link}&to=/live`, "")).toEqual({ ok: true, value: link });
  expect(linkOf("http://[::1]:1/", token).ok).toBe(true);
});

test.each([
  "",
  "javascript:alert(1)",
  "https://127.0.0.1:8123/",
  "http://example.org:8123/",
  "http://127.0.0.1.example.org:8123/",
  "http://127.0.0.1@example.org:8123/",
  "http://127.0.0.1:99999/",
  "http://127.0.0.1:8123/other",
  "http://127.0.0.1:8123/#token=short",
])("%s is not opened", (given) => {
  expect(linkOf(given, given.includes("#") ? "" : token).ok).toBe(false);
});

test("the command brings the same port here, and is given no options", () => {
  expect(tunnelCommand("", "")).toEqual({ ok: true, value: "ssh -N -L 8123:127.0.0.1:8123 user@host" });
  expect(tunnelCommand("me@db-1.lan", "9000")).toEqual({
    ok: true,
    value: "ssh -N -L 9000:127.0.0.1:9000 me@db-1.lan",
  });
  for (const host of ["-oProxyCommand=x", "a b", "a;b", "$(x)", "a`b`", "a\nb"])
    expect(tunnelCommand(host, "").ok, host).toBe(false);
  for (const port of ["0", "65536", "1e3x", "-1"]) expect(tunnelCommand("h", port).ok, port).toBe(false);
});
