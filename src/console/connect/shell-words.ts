/** Why a command could not be taken apart. */
export type ShellFault = 'unclosed-quote' | 'too-long';

/** More than any request that a person pastes. */
const MAXIMUM_CHARACTERS = 100_000;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

/**
 * The words of a command as a shell would hand them over: quotes of both kinds and `$'…'`, a backslash, and lines that
 * go on: by a backslash, by the caret of Windows, or by the backtick of PowerShell. Nothing is expanded or run.
 */
export function splitShellWords(text: string): string[] | ShellFault {
  if (text.length > MAXIMUM_CHARACTERS) return 'too-long';
  const isWindows = /\^\r?\n/.test(text) || /(?:^|\s)\^"/.test(text);
  const source = joinLines(isWindows ? text.replace(/\^(?=[^\r\n])/g, '') : text);
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < source.length; ) {
    const character = source.charAt(at);
    if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at += 1;
      continue;
    }
    const piece = readPiece(source, at, isWindows);
    if (piece === undefined) return 'unclosed-quote';
    word = (word ?? '') + piece.text;
    at = piece.end;
  }
  return word === undefined ? words : [...words, word];
}

function joinLines(text: string): string {
  return text.replace(/[ \t]*(?:\\|\^|`)[ \t]*\r?\n/g, ' ');
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

/** One quoted part, one escaped character, or one plain one. */
function readPiece(source: string, at: number, isWindows: boolean): Piece | undefined {
  const character = source.charAt(at);
  if (source.startsWith("$'", at)) return readEscaped(source, at + 2, "'");
  if (character === "'" && !isWindows) {
    const end = source.indexOf("'", at + 1);
    return end < 0 ? undefined : { text: source.slice(at + 1, end), end: end + 1 };
  }
  if (character === '"') return readDoubleQuoted(source, at + 1);
  if (character === '\\' && at + 1 < source.length && !isWindows)
    return { text: source.charAt(at + 1), end: at + 2 };
  return { text: character, end: at + 1 };
}

function readDoubleQuoted(source: string, from: number): Piece | undefined {
  let text = '';
  for (let at = from; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === '"') return { text, end: at + 1 };
    if (character === '\\' && '"\\$`'.includes(source.charAt(at + 1))) {
      at += 1;
      text += source.charAt(at);
    } else text += character;
  }
  return undefined;
}

/** What Bash calls ANSI-C quoting; browsers write it when a body has a quote in it. */
function readEscaped(source: string, from: number, close: string): Piece | undefined {
  let text = '';
  for (let at = from; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === close) return { text, end: at + 1 };
    if (character !== '\\') {
      text += character;
      continue;
    }
    at += 1;
    const escaped = source.charAt(at);
    const [, hexadecimal] = /^u([0-9a-f]{4})/i.exec(source.slice(at, at + 5)) ?? [];
    if (hexadecimal === undefined) text += ESCAPES[escaped] ?? escaped;
    else {
      text += String.fromCharCode(Number.parseInt(hexadecimal, 16));
      at += 4;
    }
  }
  return undefined;
}
