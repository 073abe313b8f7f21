// What threads held and waited in, how much of what they wanted of the GIL they waited for over time out. Next: parts/Charts.tsx.
import { memo, useMemo } from "react";
import type { GilContention } from "../../../shared/gil-views.ts";
import { duration, fraction } from "../../logic/format.ts";
import { waitPart, waitParts, waitsSentence } from "../../logic/gil/waits.ts";
import { grouped } from "../../logic/thinned.ts";
import { axisOf, LinesOf, type Point } from "../../parts/Charts.tsx";
import { Figure } from "../../parts/Figure.tsx";
import { Flagged } from "../marks/Flagged.tsx";

interface Given {
  readonly path: string;
  readonly contention: GilContention;
}

const lines = [{ name: "waited", colour: "var(--wait)", dash: "5 3" }];
const percent = (part: number): string => `${Math.round(part * 100)} %`;

export const GilWaits = memo(function GilWaits({ path, contention }: Given) {
  const points = useMemo(
    () => waitParts(contention).map(({ at, part }): Point => ({ at, waited: part })),
    [contention],
  );
  const rows = grouped(contention).map((group) => [duration(group[0].atMs / 1000), fraction(waitPart(group))]);
  return (
    <Figure
      title="Waiting for the GIL"
      sentence={waitsSentence(contention)}
      twin={{ heads: ["From", "Waited, of the time it was wanted"], rows }}
    >
      <Flagged path={path} axis={axisOf(points)}>
        <LinesOf label="Waiting for the GIL over time" points={points} lines={lines} unit="part" format={percent} />
      </Flagged>
    </Figure>
  );
});
