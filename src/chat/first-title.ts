const MAXIMUM_CHARACTERS = 60;

/** A conversation is called by the beginning of its first message, on one line, until somebody renames it. */
export function firstTitle(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  // By what a person calls a character, so that no emoji or accent is cut in two.
  const characters = [...new Intl.Segmenter().segment(line.slice(0, 8 * MAXIMUM_CHARACTERS))];
  if (characters.length <= MAXIMUM_CHARACTERS) return line.slice(0, 8 * MAXIMUM_CHARACTERS);
  const cut = characters.slice(0, MAXIMUM_CHARACTERS).map(({ segment }) => segment);
  return `${cut.join('').trimEnd()}…`;
}
