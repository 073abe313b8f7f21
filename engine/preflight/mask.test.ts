// In: command lines with planted secrets. Out: none of them left, and what is innocent untouched.
import { expect, test } from "vitest";
import { maskCommand, maskText } from "./mask.ts";

const options = { homes: ["/srv/ada", "/srv/super", "/srv/ada/work"] };
const mask = (line: string) => maskCommand(line.split(" "), options);

const planted: readonly (readonly [string, string])[] = [
  ["app.py --password=hunter2 --port=80", "app.py --password=*** --port=80"],
  ["app.py --db-password hunter2 --port 80", "app.py --db-password *** --port 80"],
  ["app.py --api-key hunter2", "app.py --api-key ***"],
  ["env SECRET_TOKEN=hunter2 python x.py", "env SECRET_TOKEN=*** python x.py"],
  ["app AWS_SECRET_ACCESS_KEY=hunter2", "app AWS_SECRET_ACCESS_KEY=***"],
  ["celery -b amqp://user:hunter2@host:5672/vhost", "celery -b amqp://***@host:5672/vhost"],
  ["app postgresql+psycopg://user:hunter2@db/x", "app postgresql+psycopg://***@db/x"],
  ["app https://host/?token=hunter2&page=2", "app https://host/?token=***&page=2"],
  ["app AKIAIOSFODNN7EXAMPLE", "app ***"],
  ["app ghp_abcdefghijklmnopqrstuvwxyz0123456789", "app ***"],
  ["app eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "app ***"],
  ["app sk-proj-abcdefghijklmnop1234", "app ***"],
  ["curl Authorization: Bearer abcdefghijkl1234", "curl Authorization: *** ***"],
  ["app --notify ada@example.org", "app --notify ***"],
  ["/srv/ada/work/venv/bin/python /srv/super/app.py", "~/venv/bin/python ~/app.py"],
];

test.each(planted)("%s", (line, shown) => {
  const masked = mask(line);
  expect(masked).not.toMatch(/hunter2|abcdefghijkl|AKIA|ada/);
  expect(masked).toBe(shown);
});

test("a PEM block and JSON", () => {
  expect(maskText("x -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", options)).not.toContain(
    "MIIE",
  );
  expect(maskText('{"client_secret": "hunter2", "page": 1}', options)).toBe('{"client_secret": ***, "page": 1}');
});

test("what is innocent stays", () => {
  for (const line of [
    "gunicorn -w 4 app:main --bind 0.0.0.0:80",
    "python -m pytest -k test_monkey",
    "python /srv/adams/x.py --author=bob",
  ])
    expect(mask(line)).toBe(line);
});
