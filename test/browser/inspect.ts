// A page that is ready in; no rule of accessibility broken on it, and a picture of it for the docs. Used by the tests that visit screens.
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const pictures = join(import.meta.dirname, "../../docs/screenshots");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** `contrast`: every text 7:1, as high contrast promises. */
export async function inspect(page: Page, name: string, contrast?: "7:1"): Promise<void> {
  const axe = new AxeBuilder({ page }).withTags(tags);
  if (contrast) axe.options({ rules: { "color-contrast-enhanced": { enabled: true } } });
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}
