// The link that `refscope serve` prints in, its address and its one-time token out. Next: remote-engine.ts.

export interface RemoteLink {
  readonly origin: string;
  readonly token: string;
}

/** Loopback only, as the server is: another machine's is reached through `ssh -L`. Everything else is no link. */
export function parseRemoteLink(text: string): RemoteLink | undefined {
  const found =
    /^(http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):([1-9]\d{0,4}))\/?#token=([A-Za-z0-9_-]{43})(?:&to=[^\s]*)?$/.exec(
      text.trim(),
    );
  const [, origin, port, token] = found ?? [];
  if (origin === undefined || token === undefined || Number(port) > 65_535) return undefined;
  return { origin, token };
}
