// The address with a one-time token in, a signed-in page with a clean address out. Next: bridge.ts.

export type SignedIn = "yes" | "no" | "unreachable";

/** Takes the token out of the address bar and the history before anything else sees it; goes where the link led. */
export function takeToken(): string | undefined {
  if (!location.hash.startsWith("#token=")) return undefined;
  const given = new URLSearchParams(location.hash.slice(1));
  const to = given.get("to");
  history.replaceState(null, "", to?.startsWith("/") ? `#${to}` : "#/processes");
  dispatchEvent(new HashChangeEvent("hashchange"));
  return given.get("token") ?? undefined;
}

/** Whether it was taken is told by `isSignedIn`: a used link in a browser that is signed in already is no problem. */
export async function redeem(token: string): Promise<void> {
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ token }) };
  await fetch("session", options).catch(() => undefined);
}

export async function isSignedIn(): Promise<SignedIn> {
  try {
    return (await fetch("session")).ok ? "yes" : "no";
  } catch {
    return "unreachable";
  }
}
