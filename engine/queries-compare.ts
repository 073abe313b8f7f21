// Two recordings, or two marks, in; what the second does otherwise out. Next: engine.ts.
import type { Comparison } from "../shared/comparison-document.ts";
import { fail, ok, type Result } from "../shared/failures.ts";
import type { RpcParams } from "../shared/rpc-contract.ts";
import { compareSides } from "./compare/comparison.ts";
import { sideOf } from "./compare/side.ts";
import { compareStates, type State, stateAt } from "./compare/states.ts";
import { isSameFile } from "./evidence/rebuild.ts";
import { type Read, reading } from "./queries.ts";
import type { StoredMark } from "./store/stored-marks.ts";

export function queryComparison(
  { a, b, per = "second", marks }: RpcParams<"recording.compare">,
  read: Read = reading,
): Result<Comparison> {
  if (marks) return states({ a, b }, marks, read);
  const first = read(a, (reader, views) => sideOf(reader, per, views));
  if (!first.ok) return first;
  const second = read(b, (reader, views) => sideOf(reader, per, views));
  return second.ok ? ok(compareSides(first.value, second.value, per)) : second;
}

interface Pair {
  readonly a: string;
  readonly b: string;
}

function states({ a, b }: Pair, marks: Pair, read: Read): Result<Comparison> {
  const [before, after] = [markIn(a, marks.a, read), markIn(b, marks.b, read)];
  if (!before.ok) return before;
  if (!after.ok) return after;
  const one = isSameFile(a, b);
  const state = (path: string, mark: StoredMark, other: StoredMark): Result<State> =>
    read(path, (reader) => (one ? stateAt(reader, mark, other.t) : stateAt(reader, mark)));
  const first = state(a, before.value, after.value);
  if (!first.ok) return first;
  const second = state(b, after.value, before.value);
  return second.ok ? ok(compareStates(first.value, second.value, one)) : second;
}

function markIn(path: string, name: string, read: Read): Result<StoredMark> {
  const marks = read(path, (reader) => reader.marks());
  if (!marks.ok) return marks;
  const [found, ...more] = marks.value.filter((mark) => mark.name === name);
  if (more.length > 0) return fail("usage", { what: `${path} has ${more.length + 1} marks of the name \`${name}\`` });
  if (found) return ok(found);
  const names = marks.value.map((mark) => `\`${mark.name}\``).join(", ");
  const advice = names === "" ? "It has none; `refscope record --mark` sets some." : `It has ${names}.`;
  return fail("not-found", { what: `mark \`${name}\` in ${path}`, advice });
}
