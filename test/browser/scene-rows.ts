// The rows that the drawn situations are made of. Next: scene.ts.

import { remedyOf } from "../../engine/preflight/remedies.ts";
import type { Frame, SessionRow, SiteRow, TypeRow } from "../../shared/documents.ts";
import type { SeenProcess } from "../../shared/process-list.ts";
import { adviceOf, type ToldCheck } from "../../shared/remedy.ts";
import type { Settled } from "../../shared/settled.ts";
import { hostile } from "./hostile-answers.ts";

export const scenes = [
  "usual",
  "hostile",
  "empty",
  "denied",
  "ended",
  "large",
  // A snapshot of a million objects.
  "million",
  "attaching",
  // Its largest size is reached, and the disk nearly full.
  "narrow",
  // Of the GIL and the errors: ten million holds, none collected, no GIL to follow, one thread, nothing that happened.
  "many",
  "uncollected",
  "free-threaded",
  "single",
  "quiet",
] as const;
export type Scene = (typeof scenes)[number];

const frame = (name: string, file: string, line: number | null): Frame => ({ function: name, file, line });
const handler = [
  frame("remember", "/srv/shop/cache.py", 41),
  frame("handle", "/srv/shop/views.py", 118),
  frame("__call__", "/srv/shop/wsgi.py", 22),
  frame("run_wsgi", "/usr/lib/python3/dist-packages/gunicorn/workers/sync.py", 176),
];

const site = (
  type: string | null,
  frames: readonly Frame[],
  live: number,
  allocated: number,
  growth: number,
  steadiness: number | null,
  size: number,
): SiteRow => ({
  type,
  domain: type === null ? "native" : "obj",
  frames: [...frames],
  live,
  liveBytes: live * size,
  allocated,
  freed: allocated - live,
  growthPerSecond: growth,
  bytesPerSecond: growth * size,
  steadiness,
});

export function siteRows(scene: Scene, seconds: number): readonly SiteRow[] {
  const rows = [
    site("dict", handler, Math.round(200.1 * seconds), Math.round(200.3 * seconds), 200.1, 1, 232),
    site(
      "str",
      [frame("_key", "/srv/shop/cache.py", 29), ...handler],
      Math.round(76.4 * seconds),
      Math.round(77 * seconds),
      76.4,
      11 / 12,
      71,
    ),
    site(null, [frame("render", "/srv/shop/pdf.py", 77)], 410, 9120, 1.9, 8 / 12, 4096),
    site("list", [frame("parse", "/usr/lib/python3.12/json/decoder.py", 353)], 18, 1_904_221, 0, 1 / 12, 88),
    site("tuple", [frame("items", "/srv/shop/models.py", 203)], 2, 884_010, -0.4, 1 / 12, 56),
    site("coroutine", [frame("poll", "/srv/shop/jobs.py", null)], 31, 5120, 0.02, 2 / 12, 200),
    site("bytes", [], 5, 20, 0, null, 1033),
  ];
  if (scene === "hostile")
    return rows.map((row) => ({ ...row, type: hostile, frames: [frame(hostile, `/srv/${hostile}`, 7)] }));
  if (scene === "large")
    return Array.from({ length: 3100 }, (_, at) =>
      site(`Row${at}`, [frame("make", "/srv/rows.py", at + 1)], 3100 - at, 4000, 31 - at / 100, 11 / 12, 64),
    );
  return rows;
}

export function typeRows(scene: Scene): readonly TypeRow[] {
  return siteRows(scene, 252).map(({ type, live, liveBytes, allocated, freed, growthPerSecond }, at) => ({
    type: scene === "hostile" ? `${at} ${type}` : (type ?? "no object"),
    live,
    liveBytes,
    allocated,
    freed,
    growthPerSecond,
  }));
}

const row = (
  pid: number,
  name: string,
  command: string,
  python: string | null,
  rss: number,
  more: Partial<SeenProcess> = {},
): SeenProcess => ({
  pid,
  name,
  command,
  python,
  build: ["release"],
  user: "ada",
  rssBytes: rss * 1024 * 1024,
  startedAt: new Date(Date.now() - 3 * 3600_000 - pid * 1000).toISOString(),
  parent: 1,
  mine: true,
  attachable: true,
  reason: null,
  ...more,
});

const refused = (code: string, cause: string, fix: string): Partial<SeenProcess> => ({
  attachable: false,
  reason: { code, cause, fix },
});

export function processes(scene: Scene): readonly SeenProcess[] {
  const rows = [
    row(
      41270,
      "gunicorn: master",
      "/usr/local/bin/python3.12 -m gunicorn shop.wsgi:api --workers 4 --token=••••••",
      "3.12.1",
      61,
    ),
    row(
      41277,
      "gunicorn: worker",
      "/usr/local/bin/python3.12 -m gunicorn shop.wsgi:api --workers 4 --token=••••••",
      "3.12.1",
      214,
      { parent: 41270 },
    ),
    row(
      41278,
      "gunicorn: worker",
      "/usr/local/bin/python3.12 -m gunicorn shop.wsgi:api --workers 4 --token=••••••",
      "3.12.1",
      198,
      { parent: 41270 },
    ),
    row(
      881,
      "unattended-upgr",
      "/usr/bin/python3 /usr/share/unattended-upgrades/unattended-upgrade-shutdown",
      "3.11.2",
      21,
      {
        user: "root",
        mine: false,
        build: ["release", "static"],
        ...refused(
          "ptrace-denied",
          "not allowed to trace the process 881: it belongs to root",
          "Run Refscope as root.",
        ),
      },
    ),
    row(52010, "python3.13t", "python3.13t train.py --epochs 40", "3.13.0", 3120, {
      build: ["free-threaded"],
      ...refused(
        "unsupported-build",
        "the process 52010 runs free-threaded CPython 3.13",
        "Run the program under the default build.",
      ),
    }),
    row(
      52144,
      "python",
      "python notebook.py",
      "3.9.18",
      96,
      refused("traced", "the process 52144 is being traced by gdb", "Let it detach."),
    ),
    row(
      60001,
      "pypy3",
      "pypy3 sim.py",
      null,
      401,
      refused("pypy", "the process 60001 runs PyPy", "Run it under CPython."),
    ),
  ];
  const words = { name: hostile, command: hostile, user: hostile, python: hostile };
  return scene === "hostile"
    ? rows.map((one) => ({ ...one, ...words, reason: one.reason && { code: hostile, cause: hostile, fix: hostile } }))
    : rows;
}

export function checks(denied: boolean): ToldCheck[] {
  const passed = (name: string, detail: string): ToldCheck => ({
    name,
    outcome: "passed",
    detail,
    code: null,
    fix: null,
  });
  const permission: ToldCheck = denied
    ? {
        name: "permission",
        outcome: "failed",
        detail: "it belongs to root, and Refscope runs as ada",
        code: "ptrace-denied",
        fix: adviceOf([remedyOf.sudo(881)]),
        remedies: [remedyOf.sudo(881)],
      }
    : passed("permission", "same user, kernel.yama.ptrace_scope is 0");
  const later: ToldCheck["outcome"] = denied ? "unknown" : "passed";
  const rest = ["not stopped", "not traced", "no other agent", "same namespaces", "version known"];
  return [
    passed("exists", "running, not a zombie"),
    passed("runs CPython", "/usr/local/bin/python3.12, x86-64"),
    permission,
    ...rest.map(
      (name): ToldCheck => ({ name, outcome: later, detail: denied ? "not tried" : "yes", code: null, fix: null }),
    ),
  ];
}

export function countsIn(seconds: number): { readonly allocations: number; readonly frees: number } {
  const allocations = Math.round(seconds * 1_050_000);
  return { allocations, frees: allocations - Math.round(seconds * 280) };
}

export const settledRows: Settled[] = [
  {
    what: "recordings",
    value: "/data/refscope/recordings",
    variable: "XDG_DATA_HOME",
    by: "XDG_DATA_HOME",
  },
  { what: "frida", value: "/opt/refscope/.venv/bin/python", variable: "REFSCOPE_BRIDGE_PYTHON", by: null },
  { what: "symbols", value: "/usr/bin/addr2line", variable: "PATH", by: null },
  { what: "processes", value: "/proc", variable: "REFSCOPE_PROC", by: null },
];

export const liveSince = "2026-05-03T16:40:05";
const usualSeconds = 62.4;
const eventsIn = (seconds: number): number => {
  const { allocations, frees } = countsIn(seconds);
  return allocations + frees;
};

export function sessions(scene: Scene, livePath: string): readonly SessionRow[] {
  const one = (name: string, status: SessionRow["status"], more: Partial<SessionRow> = {}): SessionRow => ({
    path: `/recordings/${name}`,
    name,
    status,
    startedAt: "2026-05-03T14:07:22",
    seconds: usualSeconds,
    target: "gunicorn shop.wsgi:api",
    python: "3.12.1",
    build: ["release"],
    bytes: 4_203_442,
    produced: eventsIn(more.seconds ?? usualSeconds),
    dropped: 0,
    foreign: false,
    problem: null,
    ...more,
  });
  const name = scene === "hostile" ? hostile : "shop-api-before.refscope";
  return [
    one("shop-api.refscope", "recording", { path: livePath, seconds: 252, startedAt: liveSince }),
    one(name, "closed", scene === "hostile" ? { target: hostile, python: hostile } : {}),
    one("night.refscope", "recovered", {
      startedAt: "2026-05-02T23:10:48",
      seconds: 30_211,
      bytes: 512_000_113,
      dropped: 1204,
    }),
    one("from-a-colleague.refscope", "closed", {
      path: "/recordings/received/from-a-colleague.refscope",
      foreign: true,
      startedAt: "2026-04-28T09:31:17",
      python: "3.11.7",
      build: ["debug"],
    }),
    one("damaged.refscope", "unreadable", {
      startedAt: null,
      seconds: null,
      target: null,
      python: null,
      build: null,
      produced: null,
      dropped: null,
      bytes: 8192,
      problem: "it is no readable recording: the file ends inside a page",
    }),
  ];
}
