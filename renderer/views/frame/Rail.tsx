// The route in, the rail with every screen out, in the order in which one asks: that of logic/commands.ts.
import { type ScreenRow, screens } from "../../logic/commands.ts";
import type { Route } from "../../logic/routes.ts";
import { Link } from "../../parts/Link.tsx";
import { useApp } from "../../state/app-context.ts";
import { useReadable } from "../../state/use-poll.ts";
import { useShown } from "../../state/use-recording.ts";
import { SuspectCount } from "./SuspectCount.tsx";

const heads = [...new Set(screens.map(({ head }) => head))];
const groups: readonly (readonly ScreenRow[])[] = heads.map((head) => screens.filter((row) => row.head === head));

/** Screens that are reached from another one. */
const parents: Readonly<Record<string, Route["screen"]>> = { attaching: "processes", share: "recordings" };

/** Of the recording that its screen would show. */
function Count({ id, path }: { readonly id: ScreenRow["id"]; readonly path: string | undefined }) {
  return id === "view.suspects" && path !== undefined ? <SuspectCount path={path} /> : null;
}

export function Rail({ route, path }: { readonly route: Route; readonly path: string | undefined }) {
  const { diagnosed } = useApp();
  const last = useReadable(diagnosed);
  const shown = useShown(path);
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
                  <Count id={id} path={path ?? last ?? shown} />
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
