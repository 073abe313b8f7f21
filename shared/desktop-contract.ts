// The desktop page's calls to its shell: one row a call, from which handler, preload and page are derived. Recordings are asked for
// over rpc-contract.ts like everywhere. Next: electron/handle.ts, electron/preload/preload.ts, renderer/bridge/desktop.ts.
import * as v from "valibot";
import { exportFormats } from "./export-formats.ts";

const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const none = v.strictObject({});

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Null: the engine of this machine. */
const engineUrl = v.nullable(v.string());

export const desktopContract = {
  /** The port to the engine follows as a message of the page's own window. */
  connect: { params: none, result: v.null() },
  /** Where the engine is. */
  engine: { params: none, result: engineUrl },
  /** A link of `refscope serve`, or null for the engine of this machine. */
  switchEngine: {
    params: v.strictObject({ link: v.nullable(v.pipe(v.string(), v.maxLength(2048))) }),
    result: engineUrl,
  },
  /** Asks for a file and shows it; null when none was chosen. */
  pickRecording: { params: none, result: v.nullable(path) },
  /** Files that were dropped onto the window: one is shown, two are compared. */
  dropRecordings: {
    params: v.strictObject({ paths: v.pipe(v.array(path), v.minLength(1), v.maxLength(2)) }),
    result: v.array(path),
  },
  /** Asks for a place; null when none was chosen. */
  exportRecording: {
    params: v.strictObject({ path, format: v.picklist(exportFormats) }),
    result: v.nullable(path),
  },
  /** The newest first. */
  recent: { params: none, result: v.array(path) },
  chooseTheme: { params: v.strictObject({ theme: v.picklist(themes) }), result: v.null() },
  /** What a remote engine offers is kept on this machine: asks for a place; null when none was chosen. */
  keepOffered: {
    params: v.strictObject({
      ticket: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
      name: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
    }),
    result: v.nullable(path),
  },
  /** Of which recording the page tells now; null: of none. The menu exports that one. */
  showing: { params: v.strictObject({ path: v.nullable(path) }), result: v.null() },
} as const;

export type DesktopName = keyof typeof desktopContract;
export type DesktopParams<N extends DesktopName> = v.InferOutput<(typeof desktopContract)[N]["params"]>;
export type DesktopResult<N extends DesktopName> = v.InferOutput<(typeof desktopContract)[N]["result"]>;

/** The same three lines as at every door. */
export type DesktopAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: { readonly code: string; readonly cause: string; readonly fix: string } };

/** What the preload script puts into the page's window, under this name. */
export const desktopGlobal = "refscopeDesktop";
type Asked<N extends DesktopName> = Promise<DesktopAnswer<DesktopResult<N>>>;
export interface DesktopApi {
  connect(): Asked<"connect">;
  engine(): Asked<"engine">;
  switchEngine(link: string | null): Asked<"switchEngine">;
  pickRecording(): Asked<"pickRecording">;
  exportRecording(path: string, format: string): Asked<"exportRecording">;
  recent(): Asked<"recent">;
  chooseTheme(theme: Theme): Asked<"chooseTheme">;
  keepOffered(ticket: string, name: string): Asked<"keepOffered">;
  showing(path: string | null): Asked<"showing">;
}

/** Channels, and what the preload script tells the page's window: a port comes with the first. */
export const desktopChannels = {
  call: "refscope:call",
  port: "refscope:port",
  gone: "refscope:gone",
  dropped: "refscope:dropped",
} as const;

/** Files that were dropped are opened, or a box said why not; `left`: so many more than are opened at once. */
export const droppedMessage = v.object({
  kind: v.literal(desktopChannels.dropped),
  left: v.number(),
});
export type DroppedMessage = v.InferOutput<typeof droppedMessage>;
