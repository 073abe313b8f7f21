// The address bar in, the route out; and a way to go elsewhere. Next: views/App.tsx.
import { useSyncExternalStore } from "react";
import { linkedRoute } from "../logic/commands.ts";
import { hashOf, type Route } from "../logic/routes.ts";

const subscribe = (listener: () => void) => {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
};

export function useRoute(): Route {
  return linkedRoute(useSyncExternalStore(subscribe, () => location.hash));
}

/** A new place: Back comes back from it. */
export function go(route: Route): void {
  location.hash = hashOf(route);
}

/** The same place seen otherwise (sorted, filtered): Back leads out of it, not through every letter typed. */
export function refine(route: Route): void {
  history.replaceState(null, "", hashOf(route));
  dispatchEvent(new HashChangeEvent("hashchange"));
}
