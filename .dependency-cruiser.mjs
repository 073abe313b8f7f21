// In: every import in the rooms. Out: an error for each one that crosses a wall. The table in ARCHITECTURE.md, as rules.
// Next: scripts/check-walls.mjs, which also counts what was looked at.

const test = "\\.test\\.tsx?$";
const rooms = "agent|bench|cli|electron|engine|examples|renderer|scripts|shared|test";

/** Programs that write a room's tables run on the developer's machine, like scripts/. */
const generator = "^agent/layout/generate/";

/** A room may import itself, `shared/`, and what is named. */
const room = (name, mayImport) => ({
  name: `${name}-wall`,
  severity: "error",
  from: { path: `^${name}/`, pathNot: `${test}|${generator}` },
  to: { pathNot: `^(?:${[`${name}/`, "shared/", ...mayImport].join("|")})` },
});

const packages = (...names) => names.map((name) => `node_modules/(?:@types/)?${name}/`);
/** Node's own modules are named without a folder, with or without `node:`. */
const node = "(?:node:)?[a-z_]+(?:/promises)?$";
// The calls, the server that carries them over a channel, and the printed forms of a report.
const facade =
  "engine/(engine|rpc/(?:rpc|pages)|report/(text|markdown|html|comparison|junit|sarif|diagnosis-text|diagnosis-markdown|version))\\.ts$";

export default {
  forbidden: [
    room("shared", packages("valibot")),
    room("agent", []),
    room("engine", [node, ...packages("frida", "better-sqlite3", "hyparquet-writer", "valibot")]),
    room("cli", [node, facade, ...packages("commander", "ws", "valibot")]),
    room("electron", [node, facade, ...packages("electron", "valibot", "ws")]),
    room(
      "renderer",
      packages(
        "react",
        "react-dom",
        "react-is",
        "recharts",
        "valibot",
        "@fontsource-variable/[a-z-]+",
        "@tanstack/[a-z-]+",
      ),
    ),
    {
      name: "only-the-engine-has-frida-and-sqlite",
      severity: "error",
      from: { path: `^(?:${rooms})/`, pathNot: "^engine/" },
      to: { path: "node_modules/(?:@types/)?(?:frida|better-sqlite3)/" },
    },
    {
      name: "no-test-is-imported",
      severity: "error",
      from: { path: `^(?:${rooms})/`, pathNot: `${test}|^test/|^bench/` },
      to: { path: `${test}|^test/|^bench/` },
    },
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    { name: "resolves", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(?:\\.build|\\.cache|\\.venv|\\.setup)/" },
    // An import of a type is an import: the wall is about knowing, not about running.
    tsPreCompilationDeps: true,
    // A linked node_modules folder is still node_modules.
    preserveSymlinks: true,
    moduleSystems: ["es6", "cjs"],
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types", "typings"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".d.ts"],
    },
  },
};
