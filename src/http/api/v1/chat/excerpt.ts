const BEFORE_CHARACTERS = 40;
const EXCERPT_CHARACTERS = 160;

/** The piece of a text around what was looked for; its beginning where folding has moved it out of sight. */
export function excerptOf(text: string, wanted: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(wanted.toLowerCase()));
  const from = Math.max(0, at - BEFORE_CHARACTERS);
  const piece = text.slice(from, from + EXCERPT_CHARACTERS).toWellFormed();
  return `${from > 0 ? '…' : ''}${piece}${from + EXCERPT_CHARACTERS < text.length ? '…' : ''}`;
}
