// Texts made to run, to hide or to fill the screen, in every place a word from outside can stand. Out: they are text.
import { once } from "node:events";
import type { Page } from "@playwright/test";
import { rawControl } from "../fixtures/hostile-texts.ts";
import { expect, test } from "./fixtures.ts";
import { packs } from "./hostile-answers.ts";
import { visit, visits } from "./screens.ts";

/** Runs in the page: what came to be that no screen has, and what a person or a screen reader is told that cannot be seen. */
const lookAround = (page: Page) =>
  page.evaluate((source) => {
    const raw = new RegExp(source);
    const all = [...document.querySelectorAll("*")];
    const told = ["title", "aria-label", "placeholder", "label", "alt"];
    const cutText = (text: string | null) => JSON.stringify(text?.slice(0, 80));
    const inAttributes = all.flatMap((element) =>
      told
        .filter((name) => raw.test(element.getAttribute(name) ?? ""))
        .map((name) => `${element.tagName} ${name} ${cutText(element.getAttribute(name))}`),
    );
    const inTexts = all
      .filter((element) =>
        [...element.childNodes].some((node) => node.nodeType === 3 && raw.test(node.nodeValue ?? "")),
      )
      .map((element) => `${element.tagName} ${cutText(element.textContent)}`);
    const inFields = [...document.querySelectorAll<HTMLInputElement>("input, datalist option")]
      .filter(({ value }) => raw.test(value))
      .map(({ value }) => `value ${cutText(value)}`);
    const leads = all.flatMap((element) =>
      ["href", "src", "action"].flatMap((name) => element.getAttribute(name) ?? []),
    );
    return {
      hacked: Reflect.has(window, "hacked"),
      foreign: document.querySelectorAll("img, iframe, object, embed, base, video, audio, body script, body style")
        .length,
      handlers: all.filter((element) => element.getAttributeNames().some((name) => name.startsWith("on"))).length,
      leads: leads.filter((to) => !/^(?:#\/|\.?\/|https:\/\/docs\.python\.org\/)/.test(to)),
      unseen: [...inAttributes, ...inTexts, ...inFields, ...[document.title].filter((title) => raw.test(title))],
      shown: document.body.textContent?.includes("⟨U+202E⟩") ?? false,
    };
  }, rawControl.source);
const nothing = { hacked: false, foreign: 0, handlers: 0, leads: [], unseen: [] };

/** A few, all when asked for: by then each field had each text. */
const rounds = process.env["REFSCOPE_HOSTILE"] === "all" ? packs.length : 4;

test("hostile texts are text on every screen", async ({ page, scene, trouble }) => {
  test.setTimeout(570_000);
  const door = await scene("hostile");
  await page.goto(door.url);
  let shown = false;
  for (let round = 0; round < rounds; round++) {
    for (const screen of visits) {
      await visit(page, screen);
      const { shown: seen, ...found } = await lookAround(page);
      shown ||= seen;
      expect(found, `${screen.name}, round ${round}`).toEqual(nothing);
    }
    const fresh = door.child.stdout && once(door.child.stdout, "data");
    door.child.stdin?.write("\n");
    await fresh;
  }
  expect(shown, "what hides is seen").toBe(true);
  expect(trouble).toEqual([]);
});
