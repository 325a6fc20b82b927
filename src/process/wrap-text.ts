import { columns } from './terminal-look.ts';

/** Marks that must not begin a line, and marks that must not end one. */
const CLOSING = '，。、；：？！）》」』】”’…,.;:?!)%·';
const OPENING = '（《「『【“‘(';

/**
 * The text as lines of at most `width` columns. Western text breaks at spaces; Chinese may break between any two
 * characters, but never before a closing mark or after an opening one. A word that is longer than a line, such as
 * a path, is left whole, so that it can be copied.
 */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text)) {
    if (line !== '' && columns(line) + columns(piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** The parts between which a line may break, each with the spaces that follow it. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let previous = '';
  for (const character of text) {
    const mayBreak =
      (previous === ' ' && character !== ' ') ||
      (character !== ' ' &&
        (isWide(previous) || isWide(character)) &&
        !CLOSING.includes(character) &&
        !OPENING.includes(previous));
    if (previous === '' || mayBreak) pieces.push(character);
    else pieces[pieces.length - 1] += character;
    previous = character;
  }
  return pieces;
}

function isWide(character: string): boolean {
  return columns(character) === 2;
}
