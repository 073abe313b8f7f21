// Every screen, in both themes: no rule of accessibility broken, nothing against the page's policy; and pictures for the docs.
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./fixtures.ts";
import { visit, visits } from "./screens.ts";

const pictures = join(import.meta.dirname, "../../docs/screenshots");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
test.use({ viewport: { width: 1360, height: 860 } });

for (const colorScheme of ["light", "dark"] as const) {
  test(`every screen is accessible, ${colorScheme}`, async ({ page, scene, trouble }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto((await scene("usual")).url);
    for (const screen of visits) {
      await visit(page, screen);
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
      expect(violations.map(({ id, nodes }) => `${screen.name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
      await page.screenshot({ path: join(pictures, `${screen.name}-${colorScheme}.png`) });
    }
    expect(trouble).toEqual([]);
  });
}

test("at 400 % of a usual screen nothing is cut off to the right", async ({ page, scene }) => {
  await page.setViewportSize({ width: 340, height: 720 });
  await page.goto((await scene("usual")).url);
  for (const screen of visits) {
    await visit(page, screen);
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond, screen.name).toBe(0);
  }
});
