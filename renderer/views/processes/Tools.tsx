// The picker's filter in, what changes it and what else can be opened out.
import { processFields } from "../../../shared/filter/fields.ts";
import { isOnlyMine, withMine } from "../../logic/processes.ts";
import type { ProcessesRoute } from "../../logic/routes.ts";
import { ChooseFile } from "../../parts/ChooseFile.tsx";
import { FilterBox } from "../../parts/FilterBox.tsx";
import { useCommands } from "../../state/use-commands.ts";
import { refine } from "../../state/use-route.ts";

interface Given {
  readonly route: ProcessesRoute;
  readonly refresh: () => void;
}

export function Tools({ route, refresh }: Given) {
  const { filter } = route;
  const change = (changed: string) => refine({ ...route, filter: changed });
  const isOn = isOnlyMine(filter);
  useCommands({ "processes.refresh": refresh });
  return (
    <div className="tools">
      <FilterBox of="processes" fields={processFields} filter={filter} change={change} />
      <button type="button" aria-pressed={isOn} onClick={() => change(withMine(filter, !isOn))}>
        My processes
      </button>
      <span className="grow" />
      <ChooseFile />
      <button type="button" onClick={refresh}>
        Refresh
      </button>
    </div>
  );
}
