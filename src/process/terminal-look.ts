/** How a terminal is written to. */
export interface TerminalLook {
  /** Whether it shows colour; false for files, pipes and `NO_COLOR`. */
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
}

export type Ink = 'strong' | 'faint' | 'warning' | 'failure';

const CODES: Readonly<Record<Ink, string>> = { strong: '1', faint: '2', warning: '33', failure: '31' };

/** The text in the given ink, or as it is where there is no colour. */
export function ink(look: TerminalLook, kind: Ink, text: string): string {
  return look.color ? `\x1b[${CODES[kind]}m${text}\x1b[0m` : text;
}

/**
 * A value from outside (a channel's name, a path) without what would steer the terminal: control characters, and
 * marks that turn the direction of writing.
 */
export function printable(value: string): string {
  return value.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}

/** Columns that the text takes; a Chinese character takes two. */
export function columns(text: string): number {
  return Bun.stringWidth(text);
}

/** The text filled up with spaces to the given columns. */
export function padColumns(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}
