/**
 * PostgreSQL's text cannot hold the character NUL, which is in what people send now and then. It is stored as a private
 * character of Unicode's last plane and a zero; that private character itself as two of it. So every text comes back as
 * it went in, as from every other engine, and equal texts are stored alike.
 */
const MARK = '\u{10FFFD}';

export function storedText(text: string): string {
  if (!text.includes('\0') && !text.includes(MARK)) return text;
  return text.replaceAll(MARK, MARK + MARK).replaceAll('\0', `${MARK}0`);
}

export function readText(stored: string): string {
  if (!stored.includes(MARK)) return stored;
  return stored.replaceAll(/\u{10FFFD}(.)/gu, (_, next: string) => (next === '0' ? '\0' : next));
}
