// A tree in, the same numbers as a table that opens branch by branch out: for those who read rather than see. Used by Stacks.tsx.
import { useMemo, useState } from "react";
import { place } from "../../logic/finding.ts";
import { amount, difference, nameOf, neckOf, originAt, originWords, type Unit } from "../../logic/flame/said.ts";
import { childrenOf, frameOf, type Tree } from "../../logic/flame/tree.ts";
import { count, fraction } from "../../logic/format.ts";
import { useTreeKeys } from "../../parts/use-tree-keys.ts";
import { Said, Words } from "../../parts/Words.tsx";

interface Given {
  readonly label: string;
  readonly tree: Tree;
  readonly weights: Float64Array;
  readonly unit: Unit;
  readonly choose: (node: number) => void;
}
interface BranchGiven extends Given {
  readonly node: number;
  readonly level: number;
  /** Nodes on the way that most of it takes; they are open at first. */
  readonly way: ReadonlySet<number>;
  readonly tabStop: string | undefined;
}
const page = 40;
/** Deeper rows are not moved further to the right: their level is told by a number. */
const mostIndents = 10;

export function Twin(given: Given) {
  const { label, tree, weights } = given;
  const keys = useTreeKeys();
  const way = useMemo(() => wayTo(tree, neckOf(tree, weights)), [tree, weights]);
  return (
    <div className="card table below">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree of rows is a treegrid (ARIA 1.2), and only a table has its layout */}
      <table aria-label={label} role="treegrid">
        <thead>
          <tr>
            <th scope="col" className="text">
              Function
            </th>
            {headsOf(tree).map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <th scope="col" className="text">
              Of
            </th>
          </tr>
        </thead>
        <tbody onKeyDown={keys.onKeyDown} onFocus={keys.onFocus}>
          <Row {...given} node={0} level={1} way={way} tabStop={keys.current} />
        </tbody>
      </table>
    </div>
  );
}

const headsOf = (tree: Tree): readonly string[] =>
  tree.baseTotal ? ["A", "B", "Difference"] : ["Total", "By itself", "Share"];

function cellsOf(tree: Tree, node: number, unit: Unit): readonly string[] {
  const total = tree.total[node] ?? 0;
  if (tree.baseTotal) {
    const before = tree.baseTotal[node] ?? 0;
    return [amount(unit, before), amount(unit, total), difference(unit, total - before)];
  }
  const whole = tree.total[0] ?? 0;
  return [amount(unit, total), amount(unit, tree.self[node] ?? 0), fraction(whole > 0 ? total / whole : null)];
}

function Row(given: BranchGiven) {
  const { tree, node, level, way, unit, tabStop, choose } = given;
  const [open, setOpen] = useState(way.has(node));
  const frame = frameOf(tree, node);
  const below = childrenOf(tree, node).length > 0;
  const stop = tabStop === undefined ? node === 0 : tabStop === String(node);
  const origin = originAt(tree, node);
  const press = () => {
    choose(node);
    if (below) setOpen(!open);
  };
  return (
    <>
      <tr aria-level={level} aria-expanded={below ? open : undefined}>
        <td className="text wide" data-level={Math.min(level, mostIndents)}>
          <span className="twig-row">
            <button type="button" className="bare twig" data-row={node} tabIndex={stop ? 0 : -1} onClick={press}>
              <span className="twist">{below ? (open ? "▾" : "▸") : ""}</span>
              {level > mostIndents && <span className="faint">{level}</span>}
              <Said sentence={[nameOf(tree, node)]} />
            </button>
            {frame && (
              <span className="faint code">
                <Words text={place(frame.file, tree.line[node] || null)} max={60} />
              </span>
            )}
          </span>
        </td>
        {cellsOf(tree, node, unit).map((cell, at) => (
          <td key={headsOf(tree)[at]}>{cell}</td>
        ))}
        <td className="text quiet">{origin && originWords[origin]}</td>
      </tr>
      {open && <Below {...given} level={level + 1} />}
    </>
  );
}

/** The heaviest first. */
function Below(given: BranchGiven) {
  const { tree, weights, node, level } = given;
  const [limit, setLimit] = useState(page);
  const children = [...childrenOf(tree, node)].sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0));
  return (
    <>
      {children.slice(0, limit).map((child) => (
        <Row key={tree.frame[child]} {...given} node={child} />
      ))}
      {children.length > limit && (
        <tr aria-level={level}>
          <td colSpan={5} className="text" data-level={Math.min(level, mostIndents)}>
            <button type="button" className="bare" onClick={() => setLimit(limit + 4 * page)}>
              {count(children.length - limit)} more, which weigh less
            </button>
          </td>
        </tr>
      )}
    </>
  );
}

function wayTo(tree: Tree, node: number): ReadonlySet<number> {
  const way = new Set<number>([0]);
  for (let at = node; at > 0; at = tree.parent[at] ?? 0) way.add(at);
  return way;
}
