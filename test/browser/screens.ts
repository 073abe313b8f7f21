// The screens by the hash that shows them, and what is on them when they are ready. Used by the tests that visit each one.
import type { Page } from "@playwright/test";

export interface Visit {
  readonly name: string;
  readonly hash: string;
  /** A role and name that only the ready screen has. */
  readonly ready: (page: Page) => ReturnType<Page["getByRole"]>;
  /** It stands below what the window shows. */
  readonly below?: true;
}

const table = (name: string) => (page: Page) => page.getByRole("table", { name, exact: true });

/** The first thread beside its lane: the canvas is drawn with it. */
const lane = (page: Page) => page.getByRole("list", { name: "Threads" }).getByRole("button").first();

const retains = (page: Page) => page.getByRole("treegrid", { name: "Who retains what" }).getByRole("button").first();

const stacks = (name: string) => (page: Page) => page.getByRole("treegrid", { name }).getByRole("button").first();

const two = "a=%2Frecordings%2Fshop-api-before.refscope&b=%2Frecordings%2Fshop-api.refscope";

export const visits: readonly Visit[] = [
  { name: "processes", hash: "#/processes", ready: table("Processes") },
  { name: "preflight", hash: "#/processes?pid=41277", ready: (page) => page.getByRole("button", { name: "Record" }) },
  { name: "live", hash: "#/live", ready: (page) => page.getByRole("figure", { name: "Live memory" }) },
  { name: "live-survivors", hash: "#/live?from=60&to=120", ready: table("Survivors by site"), below: true },
  { name: "suspects", hash: "#/suspects", ready: (page) => page.getByRole("list", { name: "Suspects" }) },
  { name: "what-grows", hash: "#/grows", ready: table("Sites") },
  { name: "types", hash: "#/grows?table=types", ready: table("Types") },
  { name: "growth-by-mark", hash: "#/grows?table=intervals", ready: table("Growth from mark to mark"), below: true },
  { name: "gil", hash: "#/gil", ready: lane },
  // One long hold and the waits around it.
  {
    name: "gil-close",
    hash: "#/gil?from=60000&to=60250",
    ready: (page) => page.getByRole("button", { name: "Follow" }),
  },
  { name: "errors", hash: "#/errors", ready: table("Errors by type") },
  { name: "errors-by-place", hash: "#/errors?table=sites", ready: table("Errors by place") },
  { name: "extensions", hash: "#/extensions", ready: table("Findings") },
  { name: "snapshot", hash: "#/snapshot", ready: table("Types") },
  {
    name: "snapshot-objects",
    hash: "#/snapshot?table=objects&type=app.Node&set=unreachable",
    ready: table("Objects"),
  },
  { name: "snapshot-tree", hash: "#/snapshot?table=tree", ready: retains },
  { name: "snapshot-compare", hash: "#/snapshot?table=compare", ready: table("Compared") },
  { name: "why", hash: "#/why?object=type:app.User", ready: table("Holders") },
  { name: "why-cycle", hash: "#/why?object=type:app.Node", ready: (page) => page.getByRole("img", { name: /breaks/ }) },
  { name: "why-unexplained", hash: "#/why?object=type:numpy.dtype", ready: (page) => page.getByText("are held by C") },
  { name: "why-search", hash: "#/why", ready: (page) => page.getByRole("button", { name: "Look", exact: true }) },
  { name: "object", hash: "#/object", ready: table("Changes") },
  { name: "object-kept", hash: "#/object?changes=kept", ready: table("Changes") },
  { name: "stacks", hash: "#/flame", ready: stacks("Stacks as table") },
  { name: "stacks-inverted", hash: "#/flame?inverted=1&own=1&find=handle", ready: stacks("Stacks as table") },
  {
    name: "stacks-function",
    hash: "#/flame?function=loads&file=%2Fusr%2Flib%2Fpython3.12%2Fjson%2F__init__.py",
    ready: stacks("Callers as table"),
  },
  { name: "compare", hash: `#/compare?${two}`, ready: table("Compared places") },
  { name: "compare-stacks", hash: `#/compare?${two}&table=flame`, ready: stacks("Stacks as table") },
  {
    name: "compare-difference",
    hash: `#/compare?${two}&table=flame&width=delta&measure=bytes`,
    ready: stacks("Stacks as table"),
  },
  {
    name: "compare-marks",
    hash: `#/compare?${two}&mark-a=mark+1&mark-b=mark+3`,
    ready: (page) => page.getByRole("columnheader", { name: "Survived" }),
  },
  { name: "compare-choose", hash: "#/compare", ready: (page) => page.getByRole("combobox", { name: /^A/ }) },
  { name: "settings", hash: "#/settings", ready: (page) => page.getByRole("button", { name: "Check again" }) },
  {
    name: "recordings",
    hash: "#/recordings",
    ready: (page) => page.getByRole("row", { name: /from-a-colleague/ }).getByText("verified"),
  },
  { name: "share", hash: "#/share?path=/recordings/shop-api-before.refscope", ready: table("Replaced") },
];

export async function visit(page: Page, { hash, ready, below }: Visit): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await ready(page).waitFor();
  if (below) await ready(page).scrollIntoViewIfNeeded();
}
