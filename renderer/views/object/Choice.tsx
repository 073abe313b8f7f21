// Followed objects in, a way to choose one of them out. Used by ObjectScreen.tsx.
import type { ObjectSteps } from "../../../shared/history-views.ts";
import { visible } from "../../logic/escape.ts";
import { objectIds } from "../../logic/history.ts";
import type { ObjectRoute } from "../../logic/routes.ts";
import { Words } from "../../parts/Words.tsx";
import { refine } from "../../state/use-route.ts";

interface Given {
  readonly route: ObjectRoute;
  readonly objects: readonly ObjectSteps[];
  /** Index. */
  readonly chosen: number;
}

/** More than these are chosen from a list. */
const mostTabs = 4;

export function Choice({ route, objects, chosen }: Given) {
  if (objects.length > mostTabs) return <LongChoice route={route} objects={objects} chosen={chosen} />;
  const ids = objectIds(objects);
  return (
    <fieldset className="tabs objects below" aria-label="Object">
      {objects.map(({ address, type }, at) => (
        <button
          key={ids[at]}
          type="button"
          aria-pressed={at === chosen}
          onClick={() => refine({ ...route, address: ids[at], row: undefined })}
        >
          <Words text={`${type} ${address}`} max={40} />
        </button>
      ))}
    </fieldset>
  );
}

function LongChoice({ route, objects, chosen }: Given) {
  const ids = objectIds(objects);
  return (
    <label className="check below">
      One of them
      <select
        value={ids[chosen]}
        onChange={(event) => refine({ ...route, address: event.target.value, row: undefined })}
      >
        {objects.map(({ address, type, state }, at) => (
          <option key={ids[at]} value={ids[at]}>
            {`${at + 1}: ${visible(type, 40)} ${address}, ${state === "freed" || state === "reused" ? "freed" : "alive"}`}
          </option>
        ))}
      </select>
    </label>
  );
}
