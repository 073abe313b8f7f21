// The tokens as the page has them now in, what a canvas needs of them out. Next: painter.ts.
import { type LaneColours, pixelOf } from "../../logic/gil/pixels.ts";

export interface Look {
  readonly lanes: LaneColours;
  readonly ground: number;
  readonly line: number;
  readonly hold: string;
  readonly onHold: string;
  readonly wait: string;
  readonly surface: string;
  readonly ink: string;
  readonly faint: string;
  readonly edge: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly font: string;
  readonly axis: number;
  readonly owner: number;
  readonly lane: number;
  readonly pad: number;
  readonly map: number;
}

export function readLook(element: Element): Look {
  const style = getComputedStyle(element);
  const word = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const size = (name: string) => Number.parseFloat(word(name)) || 0;
  const pixel = (name: string) => pixelOf(word(name));
  return {
    lanes: {
      hold: pixel("hold"),
      wait: pixel("wait"),
      waitSoft: pixel("wait-soft"),
      released: pixel("sunken"),
      unknown: pixel("edge"),
      unknownSoft: pixel("surface"),
    },
    ground: pixel("surface"),
    line: pixel("edge"),
    hold: word("hold"),
    onHold: word("on-hold"),
    wait: word("wait"),
    surface: word("surface"),
    ink: word("ink"),
    faint: word("ink-3"),
    edge: word("edge"),
    accent: word("accent"),
    accentSoft: word("accent-soft"),
    font: `${word("text-xs")} ${word("font-ui")}`,
    axis: size("track-axis"),
    owner: size("track-owner"),
    lane: size("track-lane"),
    pad: size("track-pad"),
    map: size("track-map"),
  };
}
