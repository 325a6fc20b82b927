const SCHEMES = new Set(['http:', 'https:', 'mailto:']);

/** The address of a link that a model wrote; undefined for whatever could run, read a file or lead within this site. */
export function safeAddress(href: string): string | undefined {
  const url = URL.parse(href);
  return url !== null && SCHEMES.has(url.protocol) ? url.href : undefined;
}
