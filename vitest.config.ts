// In: every *.test.ts. Out: two projects: "unit" (beside the file it tests, quick) and "whole" (test/, spans rooms, real
// processes one after another because they share the machine's ptrace and its two cores). Next: scripts/tasks.mjs.
import { defineConfig } from "vitest/config";

const outside = ["**/node_modules/**", ".build/**", ".cache/**", ".venv/**", "test/browser/**"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...outside, "test/**"],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "whole",
          include: ["test/**/*.test.ts"],
          exclude: outside,
          fileParallelism: false,
          pool: "forks",
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // On a machine that others use, a second attempt; who needed it is listed above the closing line. Not so where a person looks.
          retry: process.env["CI"] ? 1 : 0,
        },
      },
    ],
  },
});
