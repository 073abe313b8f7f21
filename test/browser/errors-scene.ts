// A situation in, answers to the calls about errors out. Next: scene.ts.
import type { ErrorsReport, RaisedRow } from "../../shared/documents.ts";
import type { ErrorRates, ErrorTimes, LatestError } from "../../shared/gil-views.ts";
import { hostile } from "./hostile-answers.ts";
import type { Scene } from "./scene-rows.ts";

const raised = (
  type: string,
  perSecond: number,
  seconds: number,
  frames: readonly (readonly [string, string, number])[],
  message: string | null,
): RaisedRow => ({
  type,
  count: Math.round(perSecond * seconds),
  perSecond,
  message,
  frames: frames.map(([name, file, line]) => ({ function: name, file, line })),
  chained: type === "TimeoutError" ? Math.round(perSecond * seconds) : 0,
});

export function errorsReport(scene: Scene, seconds: number): ErrorsReport {
  if (scene === "quiet") return { raised: [], findings: [], calls: [] };
  const rows = [
    raised(
      "KeyError",
      412.3,
      seconds,
      [
        ["lookup", "/srv/shop/cache.py", 88],
        ["handle", "/srv/shop/views.py", 120],
      ],
      "'session:9f1c'",
    ),
    raised(
      "AttributeError",
      96.1,
      seconds,
      [["__getattr__", "/srv/shop/models.py", 31]],
      "'Order' object has no attribute 'tax'",
    ),
    raised("KeyError", 18.4, seconds, [["parse_header", "/srv/shop/http.py", 204]], null),
    raised(
      "TimeoutError",
      1.2,
      seconds,
      [
        ["fetch", "/srv/shop/rates.py", 77],
        ["refresh", "/srv/shop/rates.py", 102],
      ],
      "timed out after 2 s",
    ),
    raised("shop.errors.OutOfStock", 0.4, seconds, [["reserve", "/srv/shop/stock.py", 19]], "sku 4411: 0 left"),
    raised("StopIteration", 0.1, seconds, [], null),
  ];
  const isHostile = scene === "hostile";
  return {
    raised: isHostile
      ? rows.map((row, at) => ({
          ...row,
          type: `${at}${hostile}`,
          message: hostile,
          frames: [{ function: hostile, file: hostile, line: 1 }],
        }))
      : rows,
    findings: [
      {
        rule: "error-overwritten",
        module: isHostile ? hostile : "/srv/venv/lib/python3.12/site-packages/fastpdf.so",
        function: isHostile ? hostile : "parse_xref",
        file: isHostile ? hostile : "/srv/shop/pdf.py",
        line: 44,
        count: 812,
        type: isHostile ? hostile : "ValueError",
      },
      {
        rule: "error-cleared",
        module: "/srv/venv/lib/python3.12/site-packages/fastpdf.so",
        function: "font_or_default",
        file: "/srv/shop/pdf.py",
        line: 61,
        count: 96,
        type: "KeyError",
      },
    ],
    calls: [
      { module: "/srv/venv/lib/python3.12/site-packages/fastpdf.so", function: "PyErr_SetString", calls: 1624 },
      {
        module: isHostile ? hostile : "/srv/venv/lib/python3.12/site-packages/fastpdf.so",
        function: "PyErr_Clear",
        calls: 96,
      },
      { module: "/srv/venv/lib/python3.12/site-packages/numpy/_core.so", function: "PyErr_Occurred", calls: 44_012 },
    ],
  };
}

export function errorTimes(scene: Scene, seconds: number): ErrorTimes {
  const { raised: rows, findings } = errorsReport(scene, seconds);
  const latest = rows.slice(0, 4).map(
    (row, at): LatestError => ({
      ...{ at: Math.floor(seconds * 10 - at) / 10, act: "raised", type: row.type, count: at === 0 ? 41 : 1 },
      ...{ frames: row.frames, native: null },
    }),
  );
  const lost = findings.slice(0, 1).map(
    ({ module, function: name, file, line, type }): LatestError => ({
      ...{ at: Math.floor(seconds * 10 - 1) / 10, act: "overwritten", type, count: 1 },
      ...{ frames: [{ function: "read_pdf", file: file ?? "", line }], native: { module, function: name } },
    }),
  );
  return {
    groups: rows.map(({ type, frames }, at) => ({
      type,
      frames,
      first: at === 0 ? null : 0.4 + at,
      last: seconds - at,
    })),
    latest: [...latest.slice(0, 1), ...lost, ...latest.slice(1)],
    details: scene !== "single",
  };
}

export function errorRates(scene: Scene, seconds: number): ErrorRates {
  const length = scene === "quiet" ? 0 : Math.min(240, Math.floor(seconds));
  const buckets = Array.from({ length }, (_, at) => ({
    at,
    raised: 480 + Math.round(130 * Math.sin(at / 11) + ((at * 37) % 23) * 6 + (at > 170 && at < 182 ? 900 : 0)),
    lost: at > 120 ? 3 + ((at * 53) % 7) : 0,
  }));
  return { bucketSeconds: 1, buckets, types: [] };
}
