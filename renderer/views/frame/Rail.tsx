// The route in, the rail with every screen out, in the order in which one asks: that of logic/commands.ts.
import { type ScreenRow, screens } from "../../logic/commands.ts";
import type { Route } from "../../logic/routes.ts";
import { Link } from "../../parts/Link.tsx";

const heads = [...new Set(screens.map(({ head }) => head))];
const groups: readonly (readonly ScreenRow[])[] = heads.map((head) => screens.filter((row) => row.head === head));

/** Screens that are reached from another one. */
const parents: Readonly<Record<string, Route["screen"]>> = { attaching: "processes", share: "recordings" };

export function Rail({ route, path }: { readonly route: Route; readonly path: string | undefined }) {
  const here = parents[route.screen] ?? route.screen;
  return (
    <nav className="rail" aria-label="Screens">
      {groups.map((rows) => (
        <div key={rows[0]?.head ?? ""}>
          {rows[0]?.head && <h2>{rows[0].head}</h2>}
          <ul>
            {rows.map(({ id, name, to }) => (
              <li key={id}>
                <Link to={to(path)} current={to(path).screen === here}>
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
