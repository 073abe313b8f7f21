// A Cookie header in, our session's secret out, and the other way round. Next: keys.ts.

/** Cookies know no ports: two servers on one machine must not overwrite each other's. */
export const cookieName = (port: number): string => `refscope-${port}`;

/** Out of script's reach, never sent along from another site, gone with the browser. */
export const cookieFor = (port: number, secret: string): string =>
  `${cookieName(port)}=${secret}; HttpOnly; SameSite=Strict; Path=/`;

/** Undefined when there is none, or more than one: which of two is meant nobody can say. */
export function secretIn(header: string | undefined, port: number): string | undefined {
  const start = `${cookieName(port)}=`;
  const ours = (header ?? "").split("; ").filter((pair) => pair.startsWith(start));
  return ours.length === 1 ? ours[0]?.slice(start.length) : undefined;
}
