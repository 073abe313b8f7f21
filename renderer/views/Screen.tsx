// A route in, its screen out. Next: one folder a screen.
import type { Route } from "../logic/routes.ts";
import { Attaching } from "./attaching/Attaching.tsx";
import { Compare } from "./compare/Compare.tsx";
import { Errors } from "./errors/Errors.tsx";
import { Extensions } from "./extensions/Extensions.tsx";
import { Flame } from "./flame/Flame.tsx";
import { Gil } from "./gil/Gil.tsx";
import { Grows } from "./grows/Grows.tsx";
import { Live } from "./live/Live.tsx";
import { ObjectScreen } from "./object/ObjectScreen.tsx";
import { Processes } from "./processes/Processes.tsx";
import { Recordings } from "./recordings/Recordings.tsx";
import { Settings } from "./settings/Settings.tsx";
import { Share } from "./share/Share.tsx";
import { SnapshotScreen } from "./snapshot/SnapshotScreen.tsx";
import { Suspects } from "./suspects/Suspects.tsx";
import { WhyScreen } from "./why/WhyScreen.tsx";

export function Screen({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case "processes":
      return <Processes route={route} />;
    case "attaching":
      return <Attaching key={route.pid} pid={route.pid} />;
    case "live":
      return <Live route={route} />;
    case "suspects":
      return <Suspects route={route} />;
    case "snapshot":
      return <SnapshotScreen route={route} />;
    case "why":
      return <WhyScreen route={route} />;
    case "grows":
      return <Grows route={route} />;
    case "flame":
      return <Flame route={route} />;
    case "compare":
      return <Compare route={route} />;
    case "gil":
      return <Gil route={route} />;
    case "errors":
      return <Errors route={route} />;
    case "extensions":
      return <Extensions route={route} />;
    case "object":
      return <ObjectScreen route={route} />;
    case "recordings":
      return <Recordings route={route} />;
    case "share":
      return <Share route={route} />;
    case "settings":
      return <Settings />;
    default:
      return route satisfies never;
  }
}
