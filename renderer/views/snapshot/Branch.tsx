// An object, or none for the top, in; rows of what it alone keeps alive out, each of which opens into its own. Used by Tree.tsx.
import { useMemo, useState } from "react";
import type { HeapTree } from "../../../shared/heap-views.ts";
import { address, count } from "../../logic/format.ts";
import { why } from "../../logic/heap-route.ts";
import { known } from "../../logic/loadable.ts";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { Size } from "../../parts/Size.tsx";
import { Code, Words } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { State } from "./columns.tsx";

interface Given {
  readonly path: string;
  readonly id: number;
  readonly node: string | undefined;
  readonly level: number;
  /** The object whose row has the tree's tab stop; the first row until one had the focus. */
  readonly tabStop: string | undefined;
}
type Row = HeapTree["rows"][number];
const page = 50;
const columns = 5;

export function Branch({ path, id, node, level, tabStop }: Given) {
  const { bridge } = useApp();
  const [limit, setLimit] = useState(page);
  const poll = useMemo(
    () => createPoll(bridge, "heap.dominators", { path, id, limit, ...(node === undefined ? {} : { node }) }),
    [bridge, path, id, limit, node],
  );
  const asked = usePoll(poll);
  const tree = known(asked);
  if (asked.kind === "error") return <Line level={level} words={asked.problem.cause} />;
  if (!tree) return <Line level={level} words="Loading…" />;
  return (
    <>
      {tree.rows.map((row, at) => (
        <Twig
          key={row.address}
          row={row}
          level={level}
          path={path}
          id={id}
          tabStop={tabStop}
          first={level === 1 && at === 0}
        />
      ))}
      {tree.rows.length < tree.of && (
        <tr aria-level={level}>
          <td colSpan={columns} className="text" data-level={Math.min(level, mostIndents)}>
            <button type="button" className="bare" onClick={() => setLimit(limit + 4 * page)}>
              {count(tree.of - tree.rows.length)} more, which retain less
            </button>
          </td>
        </tr>
      )}
    </>
  );
}

interface TwigGiven extends Omit<Given, "node"> {
  readonly row: Row;
  readonly first: boolean;
}
/** Deeper rows are not moved further to the right: their level is told by a number. */
const mostIndents = 10;

function Twig({ row, level, path, id, tabStop, first }: TwigGiven) {
  const [open, setOpen] = useState(false);
  const below = row.objects > 0;
  const stop = tabStop === undefined ? first : tabStop === row.address;
  return (
    <>
      <tr aria-level={level} aria-expanded={below ? open : undefined}>
        <td className="text wide" data-level={Math.min(level, mostIndents)}>
          <span className="twig-row">
            <button
              type="button"
              className="bare twig"
              data-row={row.address}
              tabIndex={stop ? 0 : -1}
              onClick={() => below && setOpen(!open)}
            >
              <span className="twist">{below ? (open ? "▾" : "▸") : ""}</span>
              {level > mostIndents && <span className="faint">{level}</span>}
              <Code text={row.type} max={60} />
            </button>
            <NumberLink to={why(path, row.address, id)} of="why it is alive">
              <span className="code">{address(row.address)}</span>
            </NumberLink>
          </span>
        </td>
        <td>
          <Size value={row.retained} />
        </td>
        <td>
          <Size value={row.size} />
        </td>
        <td>{below ? count(row.objects) : <span className="faint">0</span>}</td>
        <td className="text">
          <State state={row.state} />
        </td>
      </tr>
      {open && <Branch path={path} id={id} node={row.address} level={level + 1} tabStop={tabStop} />}
    </>
  );
}

function Line({ level, words }: { readonly level: number; readonly words: string }) {
  return (
    <tr aria-level={level}>
      <td colSpan={columns} className="text faint" data-level={Math.min(level, mostIndents)}>
        <Words text={words} />
      </td>
    </tr>
  );
}
