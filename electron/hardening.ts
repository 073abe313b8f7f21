// Every page and session that Electron makes in; the same with all denied that this application does not need out. Next: window.ts.
import type { Session, WebContents } from "electron";
import { isOwnAddress, isOwnPage } from "./origin.ts";
import { listedPage } from "./outside.ts";

/** Nothing is asked of the user, because nothing is ever granted. */
export function denyPermissions(
  session: Pick<
    Session,
    | "setPermissionRequestHandler"
    | "setPermissionCheckHandler"
    | "setDevicePermissionHandler"
    | "setDisplayMediaRequestHandler"
    | "on"
  >,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isHarmless(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isHarmless(permission));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.on("will-download", (event) => event.preventDefault());
}

/** A finding is copied by a button. Writing text to the clipboard after a click is the one thing that a page may do. */
const isHarmless = (permission: string): boolean => permission === "clipboard-sanitized-write";

/** No request leaves the application, whatever asks for it. */
export function denyOtherRequests(session: Pick<Session, "webRequest">, devTools: boolean): void {
  session.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !(isOwnAddress(url) || (devTools && url.startsWith("devtools://"))) }),
  );
}

type Guarded = Pick<WebContents, "on" | "setWindowOpenHandler" | "closeDevTools">;

/** A page stays where it is: it goes nowhere, opens nothing, embeds nothing. A link to a listed page is for the system's browser. */
export function guardContents(contents: Guarded, devTools: boolean, openOutside: (page: string) => void): void {
  contents.on("will-navigate", (event) => stay(event, event.url));
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-frame-navigate", (event) => stay(event, event.url));
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const page = listedPage(url);
    if (page !== undefined) openOutside(page);
    return { action: "deny" };
  });
  if (!devTools) contents.on("devtools-opened", () => contents.closeDevTools());
}

/** Reloading is going to the same page. */
function stay(event: { preventDefault(): void }, url: string): void {
  if (!isOwnPage(url)) event.preventDefault();
}
