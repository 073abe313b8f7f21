// The route in, the frame with its screen out. Next: views/frame, and one folder a screen.
import { useMemo, useRef } from "react";
import { snapshot, why } from "../logic/heap-route.ts";
import { isLive } from "../logic/recording.ts";
import {
  errors,
  extensions,
  gil,
  grows,
  live,
  object,
  processes,
  type Route,
  recordings,
  suspects,
} from "../logic/routes.ts";
import { useApp } from "../state/app-context.ts";
import { type Keys, useKeys } from "../state/use-keys.ts";
import { usePoll } from "../state/use-poll.ts";
import { usePresent } from "../state/use-recording.ts";
import { go, useRoute } from "../state/use-route.ts";
import { Attaching } from "./attaching/Attaching.tsx";
import { Errors } from "./errors/Errors.tsx";
import { Extensions } from "./extensions/Extensions.tsx";
import { Announcer } from "./frame/Announcer.tsx";
import { Bar } from "./frame/Bar.tsx";
import { Foot } from "./frame/Foot.tsx";
import { KeySheet } from "./frame/KeySheet.tsx";
import { LinkState } from "./frame/LinkState.tsx";
import { Rail } from "./frame/Rail.tsx";
import { Gil } from "./gil/Gil.tsx";
import { Grows } from "./grows/Grows.tsx";
import { Live } from "./live/Live.tsx";
import { ObjectScreen } from "./object/ObjectScreen.tsx";
import { Processes } from "./processes/Processes.tsx";
import { Recordings } from "./recordings/Recordings.tsx";
import { Share } from "./share/Share.tsx";
import { SnapshotScreen } from "./snapshot/SnapshotScreen.tsx";
import { Suspects } from "./suspects/Suspects.tsx";
import { WhyScreen } from "./why/WhyScreen.tsx";

const paceMs = { live: 500, idle: 2000 } as const;

export function App() {
  const route = useRoute();
  const path = pathOf(route);
  const state = usePresent(path);
  const { states } = useApp();
  usePoll(states, route.screen === "attaching" || (state && isLive(state)) ? paceMs.live : paceMs.idle);
  const sheet = useRef<HTMLDialogElement>(null);
  useKeys(useMemo(() => keysOf(path, () => sheet.current?.showModal()), [path]));
  return (
    <div className="app">
      <Bar path={path} />
      <Rail route={route} path={path} />
      <main className="screen">
        <LinkState>
          <Screen route={route} />
        </LinkState>
      </main>
      <Foot path={path} showKeys={() => sheet.current?.showModal()} />
      <KeySheet ref={sheet} />
      <Announcer path={path} />
    </div>
  );
}

function Screen({ route }: { readonly route: Route }) {
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
    default:
      return route satisfies never;
  }
}

const pathOf = (route: Route) => ("path" in route ? route.path : undefined);

function keysOf(path: string | undefined, showKeys: () => void): Keys {
  return {
    "g p": () => go(processes),
    "g l": () => go(live(path)),
    "g s": () => go(suspects(path)),
    "g w": () => go(grows(path)),
    "g h": () => go(snapshot(path)),
    "g y": () => go(why(path)),
    "g g": () => go(gil(path)),
    "g e": () => go(errors(path)),
    "g x": () => go(extensions(path)),
    "g o": () => go(object(path)),
    "g r": () => go(recordings),
    "/": () => document.querySelector<HTMLInputElement>("input[type=search]")?.focus(),
    "?": showKeys,
  };
}
