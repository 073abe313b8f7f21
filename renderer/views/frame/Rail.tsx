// The route in, the rail with every screen out, in the order in which one asks.
import { snapshot, why } from "../../logic/heap-route.ts";
import {
  errors,
  extensions,
  gil,
  grows,
  live,
  object,
  processes,
  type Route,
  recordings,
  suspects,
} from "../../logic/routes.ts";
import { Link } from "../../parts/Link.tsx";

interface Item {
  readonly name: string;
  readonly to: Route;
}
interface Group {
  readonly head: string | undefined;
  readonly items: readonly Item[];
}

const groups = (path: string | undefined): readonly Group[] => [
  {
    head: undefined,
    items: [
      { name: "Processes", to: processes },
      { name: "Live", to: live(path) },
    ],
  },
  {
    head: "What is wrong",
    items: [
      { name: "Suspects", to: suspects(path) },
      { name: "What grows", to: grows(path) },
      { name: "GIL", to: gil(path) },
      { name: "Errors", to: errors(path) },
      { name: "Extensions", to: extensions(path) },
    ],
  },
  {
    head: "Who holds it",
    items: [
      { name: "Snapshot", to: snapshot(path) },
      { name: "Why", to: why(path) },
      { name: "Object", to: object(path) },
    ],
  },
  {
    head: "Evidence",
    items: [{ name: "Recordings", to: recordings }],
  },
];

/** Screens that are reached from another one. */
const parents: Readonly<Record<string, Route["screen"]>> = { attaching: "processes", share: "recordings" };

export function Rail({ route, path }: { readonly route: Route; readonly path: string | undefined }) {
  const here = parents[route.screen] ?? route.screen;
  return (
    <nav className="rail" aria-label="Screens">
      {groups(path).map((group) => (
        <div key={group.head ?? ""}>
          {group.head && <h2>{group.head}</h2>}
          <ul>
            {group.items.map((item) => (
              <li key={item.name}>
                <Link to={item.to} current={item.to.screen === here}>
                  {item.name}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
