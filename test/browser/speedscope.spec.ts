// In: a recording exported for speedscope, and the page that npm's speedscope ships. Out: the page shows its functions.

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { expect, test } from "@playwright/test";
import { exportRecording } from "../../engine/export/export.ts";
import { openRecording } from "../../engine/store/reader.ts";
import { recordSites } from "../fixtures/recorded-sites.ts";

const pages = dirname(createRequire(import.meta.url).resolve("speedscope/dist/release/index.html"));
const kinds: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    const path = join(pages, new URL(request.url ?? "/", "http://x").pathname);
    if (!existsSync(path)) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": kinds[extname(path)] ?? "application/octet-stream" });
    response.end(readFileSync(path));
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

const portOf = (server: Server): number => {
  const address: AddressInfo | string | null = server.address();
  return address !== null && typeof address === "object" ? address.port : 0;
};

test("the page of speedscope opens an export and names what is alive", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "refscope-speedscope-"));
  const reader = openRecording(
    recordSites(join(folder, "a.refscope"), [{ type: "dict", function: "handler", file: "app.py", drawn: "5++" }]),
  );
  if (!reader.ok) throw new Error(reader.failure.cause);
  const out = join(folder, "a.speedscope.json");
  expect(exportRecording(reader.value, { format: "speedscope", out })).toMatchObject({ ok: true });
  reader.value.close();
  const server = await serve();
  await page.goto(`http://127.0.0.1:${portOf(server)}/index.html`);
  await page.locator("input[type=file]").setInputFiles(out);
  // The third view is a table; the first two are drawn.
  await page.getByText("Sandwich").click();
  for (const name of ["handler", "main", "[dict]"]) await expect(page.getByText(name, { exact: true })).toBeVisible();
  await expect(page.getByText(/live bytes/).first()).toBeVisible();
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});
