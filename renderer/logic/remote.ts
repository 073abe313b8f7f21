// A link of `refscope serve` as somebody pasted it, or its address and token, in; the link to open, or what is wrong with it, out; and
// the command that brings another machine's port here. Next: views/remote.
import type { Answer } from "./loadable.ts";

const usualPort = 8123;
const address = /^(http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):([1-9]\d{0,4}))\/?(?:#token=([^&\s]*)(?:&to=[^\s]*)?)?$/;
const tokenForm = /^[A-Za-z0-9_-]{43}$/;

/** Loopback alone, as the server is: no other name would be answered. */
export function linkOf(given: string, token: string): Answer<string> {
  const [, origin, port, inLink] = address.exec(given.trim()) ?? [];
  if (origin === undefined || Number(port) > 65_535) return no("this is no link of `refscope serve`", linkForm);
  const key = token.trim() === "" ? (inLink ?? "") : token.trim();
  if (key === "") return no("the link has no token", "Paste all of the link, or give the token beside it.");
  if (!tokenForm.test(key)) return no("this is no token", "It is the 43 characters after `#token=`.");
  return { ok: true, value: `${origin}/#token=${key}` };
}
const linkForm =
  "It looks like http://127.0.0.1:8123/#token=…; another machine’s is brought here by the command above.";

/** What `ssh` is given comes from a field: a word that begins with a dash would be an option of it. */
export function tunnelCommand(host: string, port: string): Answer<string> {
  const to = host.trim() === "" ? "user@host" : host.trim();
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.@:%-]*$/.test(to))
    return no("this is no name of a machine", "Give host or user@host.");
  const number = port.trim() === "" ? usualPort : Number(port);
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    return no("this is no port", "Give the number after the last colon of the link.");
  return { ok: true, value: `ssh -N -L ${number}:127.0.0.1:${number} ${to}` };
}

const no = (cause: string, fix: string): Answer<never> => ({ ok: false, problem: { code: "usage", cause, fix } });
