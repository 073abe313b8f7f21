// Paths in, whose code they are out.
import { expect, test } from "vitest";
import { originOf } from "./origin.ts";

test("Python's own files, installed ones, and all others", () => {
  const files = {
    standard: [
      "<frozen importlib._bootstrap>",
      "/usr/lib/python3.11/json/decoder.py",
      "/opt/py/lib/python3.13t/threading.py",
      "/usr/bin/python3.11",
      "/opt/lib/libpython3.13.so.1.0",
      "/usr/lib/x86_64-linux-gnu/libc.so.6",
    ],
    package: [
      "/usr/lib/python3.11/site-packages/requests/api.py",
      "/usr/lib/python3/dist-packages/yaml/loader.py",
      "/v/lib/python3.12/site-packages/fast.cpython-312-x86_64-linux-gnu.so",
    ],
    program: ["/srv/app.py", "app.py", "", "?", "/srv/lib/python.py", "<string>"],
  } as const;
  for (const origin of ["standard", "package", "program"] as const)
    for (const file of files[origin]) expect([file, originOf(file)]).toEqual([file, origin]);
});
