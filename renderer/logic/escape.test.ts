// In: names made to mislead. Out: what is shown instead.
import { expect, test } from "vitest";
import { visible } from "./escape.ts";

test("what cannot be seen is named", () => {
  expect(visible("admin\u202Eexe.yp")).toBe("admin⟨U+202E⟩exe.yp");
  expect(visible("a\u0000b\u001B[31m")).toBe("a⟨U+0000⟩b⟨U+001B⟩[31m");
  expect(visible("two\nlines")).toBe("two⟨U+000A⟩lines");
  expect(visible("zero\u200Bwidth\uFEFF")).toBe("zero⟨U+200B⟩width⟨U+FEFF⟩");
  expect(visible("\u{E0041}tag")).toBe("⟨U+E0041⟩tag");
});

test("letters of any script stay as they are", () => {
  for (const name of ["dict", "Größe", "変数", "переменная", "a 'quoted' <b>name</b>"])
    expect(visible(name)).toBe(name);
});

test("a long name is cut", () => {
  expect(visible("x".repeat(2000))).toBe(`${"x".repeat(511)}…`);
  expect(visible("abcdef", 4)).toBe("abc…");
});
