// Nothing in, the one origin that pages of this application have out. Next: page-protocol.ts, hardening.ts, handle.ts.

export const scheme = "app";
export const host = "ui";
export const pageUrl = `${scheme}://${host}/`;

/** Exactly our page, whatever follows the #. Neither another host nor a user name before it passes. */
export const isOwnPage = (url: string): boolean => /^app:\/\/ui\/(?:index\.html)?(?:#|$)/.test(url);

/** Anything served by our own protocol. */
export const isOwnAddress = (url: string): boolean => url.startsWith(pageUrl);

export const settingsUrl = `${pageUrl}#/settings`;

/** The page showing a recording; a path is data and stays in the fragment. */
export const urlOfRecording = (path: string): string => `${pageUrl}#/grows?path=${encodeURIComponent(path)}`;

/** The page comparing two. */
export const urlOfComparison = (a: string, b: string): string =>
  `${pageUrl}#/compare?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`;
