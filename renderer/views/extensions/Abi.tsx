// What a module's file asks of CPython's ABI in, the facts and the versions it breaks on out.
import type { AbiModule } from "../../../shared/abi-document.ts";
import { abiWords } from "../../logic/audit.ts";
import { count } from "../../logic/format.ts";
import { Code, Words } from "../../parts/Words.tsx";

const fewNames = 12;

export function Abi({ abi }: { readonly abi: AbiModule }) {
  const { needs, multiPhase, breaksOn, removed, changed, unknown } = abi;
  return (
    <section className="card pad below" aria-label="What its file asks of CPython's ABI">
      <h2>What its file asks of CPython's ABI</h2>
      <dl className="facts">
        <dt>Uses</dt>
        <dd>
          <Words text={abiWords(abi)} />
          {needs !== null && (
            <>
              {" "}
              Needs <Words text={needs} max={20} /> or newer.
            </>
          )}
        </dd>
        <dt>Breaks on</dt>
        <dd>
          {breaksOn.length === 0 ? (
            <span className="tag" data-meaning="clean">
              ✓ no version known
            </span>
          ) : (
            <span className="tag" data-meaning="leak">
              ✗ CPython <Words text={breaksOn.join(", ")} max={80} />
            </span>
          )}
        </dd>
        <Row head="Gone" rows={removed.map((row) => ({ name: row.function, words: `since ${row.since}` }))} />
        <Row
          head="Changed"
          rows={changed.map((row) => ({ name: row.function, words: `in ${row.since}: ${row.what}` }))}
        />
        <Row head="Private" rows={abi.private.map((name) => ({ name }))} />
        <Row head="Unknown" rows={unknown.map((name) => ({ name }))} />
        {multiPhase !== null && (
          <>
            <dt>Set up in</dt>
            <dd>{multiPhase ? "several phases (PEP 489)" : "a single phase"}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

interface RowGiven {
  readonly head: string;
  readonly rows: readonly { readonly name: string; readonly words?: string }[];
}
function Row({ head, rows }: RowGiven) {
  if (rows.length === 0) return null;
  return (
    <>
      <dt>{head}</dt>
      <dd>
        {rows.slice(0, fewNames).map(({ name, words }, at) => (
          <span key={`${name} ${words}`}>
            {at > 0 && ", "}
            <Code text={name} max={60} />
            {words && (
              <span className="quiet">
                {" "}
                <Words text={words} max={120} />
              </span>
            )}
          </span>
        ))}
        {rows.length > fewNames && ` and ${count(rows.length - fewNames)} more`}
      </dd>
    </>
  );
}
