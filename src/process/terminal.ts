import type { Language } from '../language/choose-language.ts';
import type { TerminalLook } from './terminal-look.ts';

/** The terminal, or whatever stands in its place. */
export interface Terminal {
  readonly look: TerminalLook;
  readonly language: Language;
  readonly isTerminal: boolean;
  write(text: string): void;
}
