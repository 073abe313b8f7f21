// Boxes and a canvas in, the picture of a flame graph out. Next: Graph.tsx.

import type { Origin } from "../../../shared/origin.ts";
import type { Box, Layout } from "../../logic/flame/layout.ts";
import { labelOf, originAt, tilt, type Unit } from "../../logic/flame/said.ts";
import type { Found } from "../../logic/flame/search.ts";
import type { Tree } from "../../logic/flame/tree.ts";
import type { Surface } from "../gil/surface.ts";
import type { Look } from "./look.ts";

export interface Picture {
  readonly tree: Tree;
  readonly layout: Layout;
  readonly unit: Unit;
  readonly chosen: number;
  readonly zoomed: number;
  readonly found: Found | undefined;
  /** The root stands at the bottom. */
  readonly upside: boolean;
}

const [leastLettered, padding, gap] = [22, 5, 1];
/** What was not found is still there. */
const dimmed = 0.3;
/** Hatching, in pixels. */
const [stripe, leastHatched] = [6, 4];
/** From so much of a difference on a box is as strong as the second, the third of its colours. */
const strong = [0.2, 0.6] as const;

export function paint({ context, size }: Surface, look: Look, picture: Picture): void {
  context.fillStyle = look.ground;
  context.fillRect(0, 0, size.width, size.height);
  context.font = look.font;
  context.textBaseline = "middle";
  for (const box of picture.layout.boxes) paintBox(context, look, picture, box);
  const chosen = picture.layout.boxes.find(({ node }) => node === picture.chosen);
  if (chosen) outline(context, look, picture, chosen);
}

export const topOf = ({ layout, upside }: Pick<Picture, "layout" | "upside">, row: number, depth: number): number =>
  upside ? (layout.rows - 1 - depth) * row : depth * row;

function paintBox(context: CanvasRenderingContext2D, look: Look, picture: Picture, box: Box): void {
  const { tree, unit, found } = picture;
  const top = topOf(picture, look.row, box.depth);
  const [left, width, height] = [box.left, Math.max(0.5, box.width - gap), look.row - gap];
  if (box.node === undefined) {
    context.fillStyle = look.several;
    context.fillRect(left, top + height / 3, width, height / 3);
    return;
  }
  const isFound = found?.isFound[tree.frame[box.node] ?? 0] === 1 && (box.node > 0 || tree.isOne);
  const isAbove = box.depth < (tree.depth[picture.zoomed] ?? 0);
  const isPassedOver = found !== undefined && found.functions > 0 && !isFound;
  context.globalAlpha = isPassedOver || isAbove ? dimmed : 1;
  context.fillStyle = fillOf(look, tree, box.node);
  context.fillRect(left, top, width, height);
  if (width >= leastHatched) hatch(context, look, { left, top, width, height }, patternOf(tree, box.node));
  context.globalAlpha = isAbove ? 0.7 : 1;
  if (isFound) {
    context.fillStyle = look.found;
    context.fillRect(left, top + height - 2, width, 2);
  }
  if (width >= leastLettered) write(context, look, labelOf(tree, box.node, unit), { left, top, width, height });
  context.globalAlpha = 1;
}

function fillOf(look: Look, tree: Tree, node: number): string {
  if (!tree.baseTotal) {
    const origin = originAt(tree, node);
    return origin ? look.origins[origin] : look.whole;
  }
  const lean = tilt(tree, node);
  const size = Math.abs(lean);
  if (size < 0.02) return look.same;
  const at = size < strong[0] ? 0 : size < strong[1] ? 1 : 2;
  return (lean > 0 ? look.more : look.less)[at];
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Pattern = "leaning" | "flat" | undefined;

/** More leans to the right, less lies flat; so do packages and Python itself: told apart without colour. */
function patternOf(tree: Tree, node: number): Pattern {
  if (!tree.baseTotal) return originPatterns[originAt(tree, node) ?? "program"];
  const lean = tilt(tree, node);
  return Math.abs(lean) < strong[0] ? undefined : lean > 0 ? "leaning" : "flat";
}

const originPatterns: Readonly<Record<Origin, Pattern>> = { program: undefined, package: "leaning", standard: "flat" };

function hatch(context: CanvasRenderingContext2D, look: Look, place: Place, pattern: Pattern): void {
  if (pattern === undefined) return;
  const { left, top, width, height } = place;
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.globalAlpha *= 0.16;
  context.strokeStyle = look.ink;
  context.lineWidth = 1;
  context.beginPath();
  if (pattern === "leaning")
    for (let x = left - height; x < left + width; x += stripe) {
      context.moveTo(x, top + height);
      context.lineTo(x + height, top);
    }
  else
    for (const y of [top + 3.5, top + height - 3.5]) {
      context.moveTo(left, y);
      context.lineTo(left + width, y);
    }
  context.stroke();
  context.restore();
}

function write(context: CanvasRenderingContext2D, look: Look, text: string, { left, top, width, height }: Place): void {
  context.fillStyle = look.ink;
  const room = width - 2 * padding;
  const letter = context.measureText("m").width;
  const letters = Math.floor(room / letter);
  if (letters < 2) return;
  // The face has letters of one width.
  const shown = text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
  context.fillText(shown, left + padding, top + height / 2 + 0.5);
}

function outline(context: CanvasRenderingContext2D, look: Look, picture: Picture, box: Box): void {
  const top = topOf(picture, look.row, box.depth);
  context.strokeStyle = look.focus;
  context.lineWidth = 2;
  context.strokeRect(box.left + 1, top + 1, Math.max(1, box.width - gap - 2), look.row - gap - 2);
}
