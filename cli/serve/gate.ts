// The head of a request in, "enter" or a refusal out; asked before anything else is looked at. Next: door.ts routes it.

export interface Knock {
  readonly method: string;
  /** The request target as it came. */
  readonly target: string;
  /** Name, value, name, value, … as they came, so that a header sent twice is seen twice. */
  readonly rawHeaders: readonly string[];
  readonly upgrade: boolean;
}
export type Verdict =
  | { readonly kind: "enter" }
  | { readonly kind: "refused"; readonly status: number; readonly why: string };

type Rule = (knock: Knock, all: (name: string) => readonly string[], port: number) => Verdict | undefined;

const enter: Verdict = { kind: "enter" };
const refuse = (status: number, why: string): Verdict => ({ kind: "refused", status, why });

/** Exactly how a browser on this machine names us; a rebound DNS name, another spelling of the address or a dot more is not it. */
export const ownHosts = (port: number): readonly string[] => [
  `127.0.0.1:${port}`,
  `localhost:${port}`,
  `[::1]:${port}`,
];

const host: Rule = (_, all, port) => {
  const [given, ...more] = all("host");
  if (given === undefined || more.length > 0 || !ownHosts(port).includes(given))
    return refuse(421, "not a host of this server");
};

/** Where two copies or two ways of saying it could be read differently by two readers, neither is read. */
const unambiguous: Rule = (_, all) => {
  for (const name of [
    "origin",
    "cookie",
    "authorization",
    "content-length",
    "content-type",
    "sec-fetch-site",
    "upgrade",
    "sec-websocket-key",
  ])
    if (all(name).length > 1) return refuse(400, `more than one ${name}`);
  for (const name of ["transfer-encoding", "x-http-method-override", "x-http-method", "x-method-override"])
    if (all(name).length > 0) return refuse(400, `${name} is not used here`);
};

const target: Rule = (knock) => {
  if (!/^\/(?!\/)[A-Za-z0-9._/-]*$/.test(knock.target)) return refuse(400, "not a path of this server");
};

const method: Rule = (knock) => {
  const allowed = knock.upgrade ? ["GET"] : ["GET", "POST"];
  if (!allowed.includes(knock.method)) return refuse(405, "not a method of this server");
};

const fetchSite: Rule = (_, all) => {
  const [site] = all("sec-fetch-site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return refuse(403, "asked by another site");
};

const origin: Rule = (knock, all) => {
  const [given] = all("origin");
  const needed = knock.upgrade || knock.method !== "GET";
  if (given === undefined) return needed ? refuse(403, "no origin") : undefined;
  if (given !== `http://${all("host")[0]}`) return refuse(403, "another origin");
};

const rules: readonly Rule[] = [host, unambiguous, target, method, fetchSite, origin];

export function judge(knock: Knock, port: number): Verdict {
  const all = (name: string) => valuesOf(knock.rawHeaders, name);
  for (const rule of rules) {
    const verdict = rule(knock, all, port);
    if (verdict) return verdict;
  }
  return enter;
}

function valuesOf(rawHeaders: readonly string[], name: string): readonly string[] {
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
}
