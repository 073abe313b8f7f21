// Audited modules in, for each what its functions keep, what its file asks of CPython's ABI and what was missed out. Next: columns.tsx, Abi.tsx.
import type { AuditedFunction, AuditedModule } from "../../../shared/audit-document.ts";
import { filterOf } from "../../../shared/filter/filter.ts";
import { groundOf, moduleName } from "../../logic/audit.ts";
import { visible } from "../../logic/escape.ts";
import { functionFields } from "../../logic/fields.ts";
import { counted } from "../../logic/format.ts";
import type { ExtensionsRoute } from "../../logic/routes.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { FilterBox } from "../../parts/FilterBox.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { Code, Words } from "../../parts/Words.tsx";
import { refine } from "../../state/use-route.ts";
import { Abi } from "./Abi.tsx";
import { functionColumns, missedColumns } from "./columns.tsx";

interface Given {
  readonly route: ExtensionsRoute;
  readonly modules: readonly AuditedModule[];
}

export function Modules({ route, modules }: Given) {
  const called = modules.some(({ functions }) => functions.length > 0);
  return (
    <>
      {called && (
        <div className="tools">
          <FilterBox
            of="functions"
            fields={functionFields}
            filter={route.filter}
            change={(filter) => refine({ ...route, filter })}
          />
        </div>
      )}
      {modules.map((module) => (
        <Module key={module.module} module={module} filter={route.filter} />
      ))}
    </>
  );
}

function Module({ module, filter }: { readonly module: AuditedModule; readonly filter: string }) {
  const name = moduleName(module.module);
  if (module.entryPoints === null) return null;
  return (
    <section>
      <h2 className="over" title={visible(module.module)}>
        Functions of <Code text={name} max={60} />
      </h2>
      <p className="quiet">{groundOf(module)}</p>
      <Functions module={module} filter={filter} />
      <Missed module={module} />
      {module.abi && <Abi abi={module.abi} />}
    </section>
  );
}

function Functions({ module, filter }: { readonly module: AuditedModule; readonly filter: string }) {
  const found = module.functions.filter(filterOf(filter, functionFields).keeps);
  const limit = useLimit(found.length);
  if (module.functions.length === 0) return null;
  if (found.length === 0)
    return <p className="quiet below">No function matches the filter; it looks at functions, types and files.</p>;
  return (
    <>
      <DataTable
        label={`Functions of ${visible(moduleName(module.module), 60)}`}
        columns={functionColumns}
        rows={found.slice(0, limit.shown)}
        keyOf={keyOf}
      />
      {limit.note}
    </>
  );
}

const keyOf = ({ function: name, type, role, api, file, line }: AuditedFunction): string =>
  JSON.stringify([name, type, role, api, file, line]);

function Missed({ module: { missed } }: { readonly module: AuditedModule }) {
  const limit = useLimit(missed.length, 20);
  if (missed.length === 0) return null;
  return (
    <>
      <h2 className="over">Calls of the C API from functions that were not followed</h2>
      <p className="quiet">
        {counted(missed.length, "place", "places")}:{" "}
        <Words text="they are reached by a way that is not an entry point." />
      </p>
      <DataTable
        label="Missed calls"
        columns={missedColumns}
        rows={missed.slice(0, limit.shown)}
        keyOf={(row) => JSON.stringify([row.api, row.function, row.file, row.line])}
      />
      {limit.note}
    </>
  );
}
