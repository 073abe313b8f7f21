// In: the tables of commands, and links. Out: that no two are mistaken for each other, and where links lead.
import { expect, test } from "vitest";
import { actionRows, linkedRoute, screens } from "./commands.ts";
import { gil } from "./gil-route.ts";
import { hashOf, live, parseRoute, processes } from "./routes.ts";

test("every id and every way by keys is there once", () => {
  const ids = [...screens, ...actionRows].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z]+\.[a-z]+$/);
  const keys = [...screens, ...actionRows].flatMap(({ keys }) => (keys === undefined ? [] : [keys.toLowerCase()]));
  expect(new Set(keys).size).toBe(keys.length);
});

test("every screen but the way to it has a command that leads there", () => {
  for (const { to } of screens) expect(parseRoute(hashOf(to("/x")))).toEqual(to("/x"));
});

test("a link may go to a screen by its id, and do nothing else", () => {
  expect(linkedRoute("#/live?path=%2Fx&do=view.gil")).toEqual(gil("/x"));
  expect(linkedRoute("#/?do=view.live")).toEqual(live(undefined));
  for (const id of ["recording.stop", "recording.start", "copy.command", "view.nothing", "", "constructor"])
    expect(linkedRoute(`#/processes?do=${id}`)).toEqual(processes);
});
