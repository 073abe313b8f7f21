// In: tokens.css as it stands. Out: words and pictures are seen on every ground of every theme, and told apart by who sees fewer colours.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

type Theme = ReadonlyMap<string, string>;
type Three = readonly [number, number, number];

const blocks = new Map(
  Array.from(
    readFileSync(join(import.meta.dirname, "tokens.css"), "utf8").matchAll(/:root(\S*) \{([^}]*)\}/g),
    ([, on = "", body = ""]) => [on, Array.from(body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g), pairOf)] as const,
  ),
);
const [dark, more] = ['[data-scheme="dark"]', '[data-contrast="more"]'] as const;
const worn = { light: [""], dark: ["", dark], contrast: ["", more], "dark contrast": ["", dark, more, dark + more] };
const themes = Object.entries(worn).map(
  ([name, on]) => [name, new Map(on.flatMap((one) => blocks.get(one) ?? []))] as const,
);

function pairOf([, name = "", colour = ""]: readonly string[]): readonly [string, string] {
  return [name, colour];
}
function linear(theme: Theme, token: string): Three {
  const colour = theme.get(token);
  if (colour === undefined) throw new Error(`no token ${token}`);
  const at = (from: number) => {
    const part = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return [at(1), at(3), at(5)];
}
const sum = (row: readonly number[], of: Three): number =>
  of.reduce((total, part, at) => total + part * (row[at] ?? 0), 0);

/** WCAG 2.2, contrast ratio. */
function contrast(theme: Theme, one: string, other: string): number {
  const light = (token: string) => 0.05 + sum([0.2126, 0.7152, 0.0722], linear(theme, token));
  const ratio = light(one) / light(other);
  return Math.max(ratio, 1 / ratio);
}

const grounds = ["surface", "ground", "sunken", "raised"];
const words = ["ink", "ink-2", "ink-3", "accent", "leak", "held", "clean", "unknown"];
const pictures = [
  "alive",
  "freed",
  "hold",
  "wait",
  "leak",
  "held",
  "clean",
  "unknown",
  "accent",
  "focus",
  "edge-field",
];
const inked = ["accent-soft", "flame-program", "flame-package", "flame-standard", "less-3", "more-3", "wait-soft"];

test.each(themes)("%s: words have 4.5:1 on every ground, with high contrast 7:1 (1.4.3, 1.4.6)", (name, theme) => {
  const least = name.includes("contrast") ? 7 : 4.5;
  const found = [
    ...words.flatMap((word) => grounds.map((ground) => [word, ground] as const)),
    ...inked.map((ground) => ["ink", ground] as const),
    ...["leak", "held", "clean", "unknown"].map((word) => [word, `${word}-soft`] as const),
    ...[["on-accent", "accent"] as const, ["on-hold", "hold"] as const],
  ].filter(([word, ground]) => contrast(theme, word, ground) < least);
  expect(found).toEqual([]);
});

test.each(themes)("%s: what a picture or a field is seen by has 3:1 on every ground (1.4.11)", (_, theme) => {
  const found = pictures.flatMap((token) =>
    grounds.filter((ground) => contrast(theme, token, ground) < 3).map((ground) => `${token} on ${ground}`),
  );
  expect(found).toEqual([]);
});

/** Machado, Oliveira, Fernandes 2009, severity 1.0, of linear RGB. */
const sights: Readonly<Record<string, readonly Three[]>> = {
  "all colours": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Oklab (Ottosson 2020), a hundredth of it: 2 is just noticed side by side. */
function oklab(rgb: Three): Three {
  const root = (row: readonly number[]) => Math.cbrt(Math.max(0, sum(row, rgb)));
  const cones: Three = [
    root([0.4122214708, 0.5363325363, 0.0514459929]),
    root([0.2119034982, 0.6806995451, 0.1073969566]),
    root([0.0883024619, 0.2817188376, 0.6299787005]),
  ];
  return [
    100 * sum([0.2104542553, 0.793617785, -0.0040720468], cones),
    100 * sum([1.9779984951, -2.428592205, 0.4505937099], cones),
    100 * sum([0.0259040371, 0.7827717662, -0.808675766], cones),
  ];
}

function apart(theme: Theme, [one, other]: readonly [string, string], sight: readonly Three[]): number {
  const seen = (token: string): Three => {
    const at = (row: Three | undefined) => Math.min(1, Math.max(0, sum(row ?? [], linear(theme, token))));
    return oklab([at(sight[0]), at(sight[1]), at(sight[2])]);
  };
  const [a, b] = [seen(one), seen(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** What stands side by side in one picture; each also differs by place, hatch, sign or word. */
const pairs = [
  ["hold", "wait"],
  ["alive", "freed"],
  ["less-3", "more-3"],
  ["less-2", "more-2"],
] as const;

test.each(themes)("%s: colours of one picture stay apart for who sees fewer of them", (_, theme) => {
  const close = Object.entries(sights).flatMap(([sight, rows]) =>
    pairs.filter((pair) => apart(theme, pair, rows) < 10).map((pair) => `${pair.join(" and ")}, ${sight}`),
  );
  expect(close).toEqual([]);
});
