// A call of a page in, its answer out. The only place that listens to pages: frame, origin, name, schema and rate are looked at
// before anything is done. Next: actions.ts.
import type { IpcMainInvokeEvent } from "electron";
import * as v from "valibot";
import {
  type DesktopAnswer,
  type DesktopName,
  type DesktopParams,
  type DesktopResult,
  desktopChannels,
  desktopContract,
} from "../shared/desktop-contract.ts";
import { failure } from "../shared/failures.ts";
import { isOwnPage } from "./origin.ts";
import type { Rate } from "./rate.ts";
import { wordsOf } from "./words.ts";

/** Who asked, as far as it matters. */
export type Asker = Pick<IpcMainInvokeEvent, "senderFrame" | "sender">;

export type Actions = {
  readonly [N in DesktopName]: (
    params: DesktopParams<N>,
    asker: Asker,
  ) => Promise<DesktopAnswer<DesktopResult<N>>> | DesktopAnswer<DesktopResult<N>>;
};

interface Ipc {
  handle(channel: string, listener: (event: Asker, name: unknown, params: unknown) => Promise<unknown>): void;
}

export function handle(ipc: Ipc, actions: Actions, rate: Rate): void {
  ipc.handle(desktopChannels.call, async (event, name, params) => {
    // A stranger gets no answer that could teach it anything.
    if (!isOwnFrame(event)) throw new Error("refused");
    return rate.take() ? answer(actions, event, name, params) : refused("too many calls at once");
  });
}

/** The top frame of our own page. A frame that has gone in between is null. */
export function isOwnFrame({ senderFrame, sender }: Asker): boolean {
  if (senderFrame === null || senderFrame.parent !== null) return false;
  return senderFrame === sender.mainFrame && isOwnPage(senderFrame.url);
}

async function answer(actions: Actions, asker: Asker, name: unknown, params: unknown): Promise<DesktopAnswer<unknown>> {
  if (!isName(name)) return refused("there is no such call");
  const parsed = v.safeParse(desktopContract[name].params, params);
  if (!parsed.success) return refused(`\`${name}\`: ${parsed.issues[0]?.message ?? "bad parameters"}`);
  try {
    return await perform(actions, name, parsed.output, asker);
  } catch (error) {
    return wordsOf(failure("bug", { what: error instanceof Error ? error.message : String(error) }));
  }
}

/** Generic, so that the row's own type binds its parameters to its action. */
function perform<N extends DesktopName>(actions: Actions, name: N, params: unknown, asker: Asker) {
  const act: (params: DesktopParams<N>, asker: Asker) => Promise<DesktopAnswer<unknown>> | DesktopAnswer<unknown> =
    actions[name];
  return act(v.parse(desktopContract[name].params, params), asker);
}

const isName = (name: unknown): name is DesktopName => typeof name === "string" && Object.hasOwn(desktopContract, name);

const refused = (what: string) => wordsOf(failure("usage", { what }));
