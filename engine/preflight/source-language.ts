// The name of a source file in, its language, as far as who reads and who masks it care, out. Used by mask-source.ts, engine/session/source-files.ts.

export type SourceLanguage = "python" | "c";

const python = /\.(?:py|pyw|pyx|pxd)$/;
/** Comments and strings of C++ and Rust are written as those of C. */
const c = /\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|rs)$/i;

/** Undefined: no source that is read. */
export const languageOf = (file: string): SourceLanguage | undefined =>
  python.test(file) ? "python" : c.test(file) ? "c" : undefined;
