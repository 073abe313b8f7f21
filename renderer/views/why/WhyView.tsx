// Why an object is alive in; who holds it, in two ways, what its references are, its cycle, and all its holders, out. Next: Cycle.tsx, tables.tsx.
import type { ReactNode } from "react";
import type { WhyDocument } from "../../../shared/heap-views.ts";
import { holderFields } from "../../logic/fields.ts";
import { address, count, duration } from "../../logic/format.ts";
import type { WhyRoute } from "../../logic/heap-route.ts";
import { object } from "../../logic/routes.ts";
import { whyGround, whyHeadline } from "../../logic/why.ts";
import { Chain } from "../../parts/Chain.tsx";
import { DataTable } from "../../parts/DataTable.tsx";
import { Link } from "../../parts/Link.tsx";
import { Lacks } from "../../parts/NotObserved.tsx";
import { Stack } from "../../parts/Stack.tsx";
import { useFilter } from "../../parts/use-filter.tsx";
import { Code, Said, Words } from "../../parts/Words.tsx";
import { State } from "../snapshot/columns.tsx";
import { Cycle } from "./Cycle.tsx";
import { dominatorColumns, holderColumns } from "./tables.tsx";

interface Given {
  readonly document: WhyDocument;
  readonly to: (address: string) => WhyRoute;
  readonly search: ReactNode;
}

export function WhyView({ document, to, search }: Given) {
  const {
    path,
    object: found,
    paths,
    references,
    cycle,
    dominators,
    holders,
    holdersOf,
    notObserved,
    snapshot,
  } = document;
  return (
    <>
      <h1>
        <Said sentence={whyHeadline(document)} />
      </h1>
      <p className="quiet ground">
        <State state={found.state} /> <Code text={found.type} max={60} /> at <Code text={address(found.address)} />:{" "}
        {whyGround(document)} Snapshot {snapshot.id}, at {duration(snapshot.seconds)}.
      </p>
      {search}
      <div className="card pad argument">
        <section>
          <h2>Held by</h2>
          <Ways paths={paths} to={to} />
        </section>
        <section>
          <h2>Its references</h2>
          <p>
            <Words text={references.say} />
          </p>
          <References references={references} />
          <div className="row">
            <Link to={{ ...object(path), address: found.address, watch: found.address }} className="button">
              Watch it
            </Link>
          </div>
          <h2 className="below">Allocated here, innermost call first</h2>
          <Stack
            frames={found.site ?? []}
            empty="Not known: it is older than the recording, or that was not recorded."
          />
        </section>
      </div>
      {cycle && <Cycle cycle={cycle} to={to} />}
      {holders.length > 0 && <Holders holders={holders} of={holdersOf} to={to} />}
      {dominators.length > 0 && (
        <section>
          <h2 className="over">All ways to it lead through these, the nearest last</h2>
          <DataTable
            label="Dominators"
            columns={dominatorColumns}
            rows={dominators}
            keyOf={({ address }) => address}
            to={({ address }) => to(address)}
          />
        </section>
      )}
      <Lacks rows={notObserved} />
    </>
  );
}

function Ways({ paths, to }: { readonly paths: WhyDocument["paths"]; readonly to: Given["to"] }) {
  if (paths.length === 0) return <p className="quiet">No way from a root leads to it.</p>;
  return paths.map((path, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: ways to an object have no name and never change
    <div key={at}>
      {at > 0 && <h3>And, as differently as can be, by</h3>}
      <Chain steps={path} to={({ address }) => to(address)} />
    </div>
  ));
}

function References({ references }: Pick<WhyDocument, "references">) {
  const { count: counts, explained, words, unexplained } = references;
  return (
    <dl className="facts">
      <dt>Counted</dt>
      <dd>{count(counts)}</dd>
      <dt>Explained</dt>
      <dd>
        {count(explained)}
        {words > 0 && <span className="quiet">, {count(words)} of them by words that may be no references</span>}
      </dd>
      <dt>Unexplained</dt>
      <dd>
        {unexplained !== null && unexplained > 0 ? (
          <span className="up">▲ {count(unexplained)}</span>
        ) : (
          count(unexplained)
        )}
      </dd>
    </dl>
  );
}

interface HoldersGiven extends Pick<Given, "to"> {
  readonly holders: WhyDocument["holders"];
  readonly of: number;
}
function Holders({ holders, of, to }: HoldersGiven) {
  const { kept, box } = useFilter("objects that refer to it", holderFields, holders);
  return (
    <section>
      <div className="tools">
        <h2 className="inline">
          {holders.length < of
            ? `The first ${count(holders.length)} of ${count(of)} objects that refer to it`
            : "Objects that refer to it"}
        </h2>
        {box}
      </div>
      <DataTable
        label="Holders"
        columns={holderColumns}
        rows={kept}
        keyOf={(row) => row.address}
        to={(row) => to(row.address)}
      />
    </section>
  );
}
