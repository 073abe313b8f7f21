// A route in; the search for an object of a snapshot, and why that object is alive, out. Next: WhyView.tsx.
import { useMemo } from "react";
import { type WhyRoute, why } from "../../logic/heap-route.ts";
import { Empty, Loaded, ProblemCard, Skeleton } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll, useReadable } from "../../state/use-poll.ts";
import { useShown } from "../../state/use-recording.ts";
import { StartSnapshot } from "../start/StartSnapshot.tsx";
import { Search } from "./Search.tsx";
import { WhyView } from "./WhyView.tsx";

export function WhyScreen({ route }: { readonly route: WhyRoute }) {
  const loading = useReadable(useApp().states).kind === "loading";
  const path = useShown(route.path);
  if (path !== undefined) return <WhyIn key={path} route={route} path={path} />;
  return loading ? <Skeleton /> : <NoSnapshot />;
}

function WhyIn({ route, path }: { readonly route: WhyRoute; readonly path: string }) {
  const { bridge } = useApp();
  const taken = usePoll(useMemo(() => createPoll(bridge, "heap.list", { path }), [bridge, path]));
  return (
    <Loaded loadable={taken}>
      {(list) => {
        if (list.length === 0) return <NoSnapshot />;
        if (route.object === "") return <Ask path={path} route={route} />;
        return <Asked key={`${route.id} ${route.object}`} route={route} path={path} />;
      }}
    </Loaded>
  );
}

function Asked({ route, path }: { readonly route: WhyRoute; readonly path: string }) {
  const { bridge } = useApp();
  const { id, object } = route;
  const poll = useMemo(
    () => createPoll(bridge, "heap.why", { path, object, ...(id === undefined ? {} : { id }) }),
    [bridge, path, object, id],
  );
  const asked = usePoll(poll);
  if (asked.kind === "error")
    return (
      <>
        <h1>Nothing is known of that object</h1>
        <Search route={route} path={path} />
        <ProblemCard problem={asked.problem} title="It is not in this snapshot" />
      </>
    );
  return (
    <Loaded loadable={asked}>
      {(document) => (
        <WhyView
          document={document}
          to={(address) => why(path, address, id)}
          search={<Search route={route} path={path} />}
        />
      )}
    </Loaded>
  );
}

function Ask({ route, path }: { readonly route: WhyRoute; readonly path: string }) {
  return (
    <>
      <h1>Why is an object alive?</h1>
      <Empty title="Name an object, or a type">
        <p className="quiet">
          By an address, as Snapshot, Suspects or <code>hex(id(object))</code> say it; or by a type: the object of it
          that tells the most is shown.
        </p>
        <Search route={route} path={path} />
      </Empty>
    </>
  );
}

function NoSnapshot() {
  return (
    <>
      <h1>Why an object is alive is seen in a snapshot</h1>
      <StartSnapshot />
    </>
  );
}
