// Source in, the same without secrets out.
import fc from "fast-check";
import { expect, test } from "vitest";
import { maskSource } from "./mask-source.ts";

test("code stays as it is", () => {
  for (const line of [
    "cache[key] = value",
    "rows = sorted(rows, key=lambda row: row[0])",
    "token = next(tokens)",
    'log.info("served %s", path)  # the usual one',
    "x = {'a': 1, \"b\": 'c'}",
  ])
    expect(maskSource(line)).toBe(line);
});

test("a string after a secret's name is hidden, however it is written", () => {
  for (const line of [
    'PASSWORD = "hunter2"',
    "connect(user='x', password='hunter2')",
    'os.environ["API_KEY"] = b"hunter2"',
    '{"token": "hunter2"}',
    'set_secret("hunter2")',
    'raise ValueError("password=hunter2")',
    "go()  # password: hunter2",
    'url = "postgres://ada:hunter2@db/x"',
    '"""\npassword: hunter2\n"""',
    'PASSWORD = """\nhunter2\n"""',
    "PASSWORD = 'hunter2",
  ]) {
    expect([line, maskSource(line)]).not.toEqual([line, expect.stringContaining("hunter2")]);
    expect(maskSource(line)).toContain("***");
  }
});

test("a key in the middle of code or of a long string is hidden, and lines stay where they are", () => {
  const key = `AKIA${"A1B2C3D4".repeat(2)}`;
  expect(maskSource(`x = ${key}`)).toBe("x = ***");
  const text = `a = """\n-----BEGIN RSA PRIVATE KEY-----\nMIIabc\nMIIdef\n-----END RSA PRIVATE KEY-----\n"""\nb = 1`;
  const lines = maskSource(text).split("\n");
  expect(lines).toHaveLength(text.split("\n").length);
  expect(lines.join()).not.toMatch(/MII/);
  expect(lines.at(-1)).toBe("b = 1");
  expect(maskSource("x".repeat(9000))).toBe("***");
});

test("whatever the text, it has as many lines as before", () => {
  const letters = fc.array(fc.constantFrom("a", '"', "'", "\n", "\\", "#", "password=", " ", '"""', "@b.c"), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(letters, (parts) => {
      const text = parts.join("");
      expect(maskSource(text).split("\n")).toHaveLength(text.split("\n").length);
    }),
  );
});

test("of C, comments and strings alone are looked at, and a name that is given a secret by #define or as an array", () => {
  for (const line of [
    "#define LEN(x) (x)",
    "key = PyIter_Next(keys); /* its key */",
    "c = '\"'; // token",
    'log("served %s", path);',
  ])
    expect(maskSource(line, "c")).toBe(line);
  for (const line of [
    '#define API_KEY "hunter2"',
    'static const char password[] = "hunter2";',
    "connect(/* password: hunter2 */ 1);",
    "/* password=hunter2",
    'setenv("TOKEN", "hunter2", 1);',
    "// postgres://ada:hunter2@db/x",
  ])
    expect([line, maskSource(line, "c")]).not.toEqual([line, expect.stringContaining("hunter2")]);
  expect(maskSource("/*\npassword=hunter2\n*/\nint x;", "c").split("\n")).toHaveLength(4);
});
