// A frame's file in; whose code it is, out, as far as its path tells: the program's, an installed package's, or Python's own. Used by engine/analysis, renderer/logic.

export type Origin = "program" | "package" | "standard";

const installed = /(?:^|[/\\])(?:site|dist)-packages[/\\]/;
/** Modules frozen into the interpreter, its library's folder, the interpreter and the C library themselves. */
const standard =
  /^<frozen |[/\\]lib(?:64)?[/\\]python3\.\d+t?[/\\]|(?:^|\/)libpython3[^/]*$|(?:^|\/)python[\d.]*[td]*$|(?:^|\/)(?:libc|libm|libdl|libpthread|ld-linux[^/]*)[.-][^/]*$/;

export function originOf(file: string): Origin {
  if (installed.test(file)) return "package";
  return standard.test(file) ? "standard" : "program";
}
