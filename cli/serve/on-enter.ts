// Enter on the terminal in, one call each out; nothing where standard input is no terminal. Next: serve.ts prints a fresh link.

/** False when nobody can press Enter. */
export function onEnter(pressed: () => void, until: Promise<void>): boolean {
  const { stdin } = process;
  if (!stdin.isTTY) return false;
  stdin.on("data", pressed);
  void until.then(() => {
    stdin.off("data", pressed);
    stdin.pause();
  });
  return true;
}
