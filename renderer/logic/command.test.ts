// In: every route, and names made to do something in a shell. Out: the command that shows the same, which a shell takes as these words.

import { expect, test } from "vitest";
import { commandOf, type Place, shellWord } from "./command.ts";
import { compare, flame } from "./evidence-route.ts";
import { gil } from "./gil-route.ts";
import { snapshot, why } from "./heap-route.ts";
import {
  attaching,
  errors,
  extensions,
  grows,
  live,
  object,
  processes,
  recordings,
  settings,
  suspects,
} from "./routes.ts";
import { share } from "./share-route.ts";

const home = ["", "home", "ada"].join("/");
const file = `${home}/a.refscope`;
const closed: Place = { shown: undefined, livePid: undefined, home };

const commands: readonly (readonly [Parameters<typeof commandOf>[0], Place, string | undefined])[] = [
  [processes, closed, "refscope ps"],
  [{ ...processes, filter: "name:shop" }, closed, "refscope ps --filter name:shop"],
  [{ ...grows("/a"), filter: "-type:dict size>1k" }, closed, "refscope report --filter '-type:dict size>1k' /a"],
  [settings, closed, "refscope doctor"],
  [{ ...processes, pid: 12 }, closed, "refscope doctor 12"],
  [attaching(12), closed, "refscope record 12"],
  [live(), closed, undefined],
  [live(), { ...closed, shown: file, livePid: 12 }, "refscope top 12"],
  [live(file), closed, "refscope report ~/a.refscope"],
  [{ ...live(file), range: { from: 1, to: 2 } }, closed, "refscope open ~/a.refscope"],
  [suspects(file), closed, "refscope diagnose ~/a.refscope"],
  [suspects(), { ...closed, shown: "/srv/b.refscope" }, "refscope diagnose /srv/b.refscope"],
  [grows("/srv/a b.refscope"), closed, "refscope report '/srv/a b.refscope'"],
  [gil(`${home}/a b.refscope`), closed, "refscope report ~/'a b.refscope'"],
  [errors("/srv/a.refscope"), closed, "refscope report /srv/a.refscope"],
  [extensions("/srv/a.refscope"), closed, "refscope report /srv/a.refscope"],
  [object("/srv/a.refscope"), closed, "refscope open /srv/a.refscope"],
  [snapshot("/srv/a.refscope"), closed, "refscope open /srv/a.refscope"],
  [why("/srv/a.refscope"), closed, "refscope open /srv/a.refscope"],
  [why("/srv/a.refscope", "type:app.User"), closed, "refscope why /srv/a.refscope type:app.User"],
  [why("/srv/a.refscope", "0x7f00", 3), closed, "refscope why --snapshot 3 /srv/a.refscope 0x7f00"],
  [why("/srv/a.refscope", "-x"), closed, "refscope why -- /srv/a.refscope -x"],
  [why("/srv/a.refscope", "- x"), closed, "refscope why -- /srv/a.refscope '- x'"],
  [recordings, closed, "refscope sessions"],
  [share(file), closed, "refscope redact --level standard --dry-run ~/a.refscope"],
  [compare(file, "/b.refscope"), closed, "refscope compare ~/a.refscope /b.refscope"],
  [{ ...compare("/a", "/b"), per: "call" }, closed, "refscope compare --per call /a /b"],
  [
    { ...compare("/a", "/b"), marks: { a: "end", b: "end 2" }, since: { a: "warm", b: "warm" }, threshold: 25 },
    closed,
    "refscope compare --threshold 25 /a@warm..end '/b@warm..end 2'",
  ],
  [compare("/a"), closed, undefined],
  [flame("/a"), closed, "refscope export --format speedscope /a"],
  [grows(`${home}x/a`), closed, `refscope report ${home}x/a`],
  [grows("/a"), { ...closed, home: "/" }, "refscope report /a"],
];

test.each(commands)("%o", (route, place, expected) => {
  expect(commandOf(route, place)).toBe(expected);
});

test("what a shell would act on is quoted, what a terminal would act on is spelt", () => {
  expect(
    ["plain-1.2_x", "", "a b", "it's", "$(id)", "`id`", "~", "=ls", "a\nrm -rf ~", "\u001B[31m", "\u202Egnp"].map(
      shellWord,
    ),
  ).toEqual([
    ...["plain-1.2_x", "''", "'a b'", "'it'\\''s'", "'$(id)'", "'`id`'", "'~'", "'=ls'"],
    ...["$'a\\x0arm -rf ~'", "$'\\x1b[31m'", "$'\\xe2\\x80\\xaegnp'"],
  ]);
});
