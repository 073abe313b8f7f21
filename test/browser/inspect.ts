// A page that is ready in; no rule of accessibility broken on it, and a picture of it for the docs. Used by the tests that visit screens.
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const pictures = join(import.meta.dirname, "../../docs/screenshots");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Every text 7:1, as high contrast promises; or a screen that has no result yet, which is what its heading says. */
type Unlike = "7:1" | "no heading yet";

export async function accessible(page: Page, name: string, unlike?: Unlike): Promise<void> {
  const axe = new AxeBuilder({ page }).withTags(tags);
  if (unlike === "7:1") axe.options({ rules: { "color-contrast-enhanced": { enabled: true } } });
  if (unlike === "no heading yet") axe.disableRules("page-has-heading-one");
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
}

export async function inspect(page: Page, name: string, unlike?: Unlike): Promise<void> {
  await accessible(page, name, unlike);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}
