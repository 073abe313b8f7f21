// In: every Markdown file of the checkout. Out: the links and pictures that lead to no file, of which there should be none.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
/** Folders that are made, not written. */
const passedOver = /^(?:node_modules|\.git|\.venv|\.setup|\.build|\.cache|coverage|test-results|playwright-report)$/;

function documents(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return passedOver.test(entry.name) ? [] : documents(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

function deadLinks(path: string): readonly string[] {
  const text = readFileSync(join(root, path), "utf8");
  const found = text.matchAll(/\]\(([^)\s]+)\)|\bsrc(?:set)?="([^"]+)"/g);
  const links = Array.from(found, ([, link, picture]) => link ?? picture ?? "");
  const local = links.filter((link) => !/^(?:https?:|mailto:|#)/.test(link));
  return local
    .filter((link) => !existsSync(join(root, dirname(path), link.replace(/#.*$/, ""))))
    .map((link) => `${path} → ${link}`);
}

test("every link in a document leads to a file that is there", () => {
  expect(documents(".").flatMap(deadLinks)).toEqual([]);
});
