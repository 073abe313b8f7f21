// A file and a line of the drawn program in, the lines around it out; null of what is not there. Used by flame-scene.ts.
import type { SourceAround } from "../../shared/source-lines.ts";
import { hostile } from "./hostile-answers.ts";
import type { Scene } from "./scene-rows.ts";

const itemNames = [
  "static int Dict_iterNext(JSOBJ obj, JSONTypeContext *tc)",
  "{",
  "\t/* the next key of the mapping */",
  "\tGET_TC(tc)->itemName = PyIter_Next(GET_TC(tc)->iterator);",
  "\tif (GET_TC(tc)->itemName == NULL)",
  "\t\treturn 0;",
  "",
];

/** Around which line, and the lines: as many above it as below. */
const files: Readonly<Record<string, readonly (readonly [line: number, text: readonly string[]])[]>> = {
  "/srv/shop/cache.py": [
    [29, ["", "", "def _key(user):", '    return f"user:{user}"', "", "", "def forget(key):"]],
    [
      41,
      [
        "def remember(user, row):",
        "    entry = dict(row)",
        '    key = _key(user["id"])',
        "    _entries[key] = entry",
        "    return key",
        "",
        "",
      ],
    ],
  ],
  "/srv/shop/views.py": [
    [
      118,
      [
        "def handle(request):",
        "    user = authorise(request)",
        "    row = items.one(request.id)",
        "    cache.remember(user, row)",
        "    return respond(request, row)",
        "",
        "",
      ],
    ],
    [
      131,
      [
        "def respond(request, row):",
        "    body = {name: row[name] for name in public}",
        '    body["at"] = request.at',
        "    text = ujson.dumps(body)",
        '    return Response(text, "application/json")',
        "",
        "",
      ],
    ],
  ],
  "/srv/shop/wsgi.py": [
    [
      22,
      [
        "class Api:",
        "    def __call__(self, environ, start):",
        "        request = Request(environ)",
        "        return handle(request)(environ, start)",
        "",
        "",
        "api = Api()",
      ],
    ],
  ],
  "/srv/shop/pdf.py": [
    [
      77,
      [
        "def render(report):",
        "    page = Page(report.size)",
        "    for part in report.parts:",
        "        page.add(draw(part))",
        "    return page.close()",
        "",
        "",
      ],
    ],
    [
      131,
      [
        "def draw(part):",
        "    surface = Surface(part.width, part.height)",
        "    surface.paint(part.image)",
        "    return surface.copy()",
        "",
        "",
        "def measure(part):",
      ],
    ],
  ],
  "/srv/shop/models.py": [
    [
      203,
      [
        "    @classmethod",
        "    def items(cls, rows):",
        "        names = cls.columns",
        "        return [cls(zip(names, row)) for row in rows]",
        "",
        "    @classmethod",
        "    def one(cls, key):",
      ],
    ],
  ],
  "/srv/shop/jobs.py": [
    [
      58,
      [
        "def poll(queue):",
        "    while True:",
        "        job = queue.get()",
        "        job.result = fetch(job.address)",
        "        queue.task_done()",
        "",
        "",
      ],
    ],
  ],
  "/build/ujson/lib/objToJSON.c": [
    [312, itemNames],
    [96, itemNames],
  ],
};

/** A table as long as its program is wide: a kind of row a line. */
const rowsAround = (line: number): readonly string[] =>
  Array.from({ length: 7 }, (_, at) => `    yield Row${Math.max(1, line - 3) + at - 1}()`);

export function sourceAround(scene: Scene, file: string, line: number): SourceAround | null {
  const known = files[file]?.find(([at]) => at === line)?.[1];
  const texts = known ?? (file === "/srv/rows.py" || scene === "hostile" ? rowsAround(line) : undefined);
  if (!texts) return null;
  const first = Math.max(1, line - 3);
  const lines = texts.map((text, after) => ({ line: first + after, text: scene === "hostile" ? hostile : text }));
  return { file, line, hash: "9f2c41b0".repeat(8), lines };
}
