import type { Notice } from '../language/sentences.ts';
import { type Ink, ink, printable, type TerminalLook } from './terminal-look.ts';
import { wrapText } from './wrap-text.ts';

/** `failure`: it does not go on. `warning`: it goes on, but not as asked for. */
export type NoticeKind = Extract<Ink, 'failure' | 'warning'>;

/** Prose is wrapped within these; beyond the upper one a line is hard to read. */
const NARROWEST = 32;
const WIDEST = 96;

/** A notice for the terminal. Commands are never wrapped, so that they can be pasted. */
export function noticeLines(notice: Notice, kind: NoticeKind, look: TerminalLook): string {
  const sign = ink(look, kind, kind === 'failure' ? '✕' : '!');
  const [headline = '', ...rest] = wrapProse(notice.headline, 4, look);
  const lines = [
    `  ${sign} ${ink(look, 'strong', headline)}`,
    ...rest.map((line) => `    ${ink(look, 'strong', line)}`),
  ];
  for (const item of notice.items ?? []) {
    lines.push(...wrapProse(item, 6, look).map((line, at) => `    ${at === 0 ? '- ' : '  '}${line}`));
  }
  for (const detail of notice.details) lines.push(...wrapProse(detail, 4, look).map((line) => `    ${line}`));
  for (const command of notice.commands) lines.push(`      ${printable(command)}`);
  return `\n${lines.join('\n')}\n\n`;
}

/** Prose as lines that leave room for an indent. */
export function wrapProse(text: string, indent: number, look: TerminalLook): string[] {
  const width = Math.min(WIDEST, Math.max(NARROWEST, look.width)) - indent;
  return wrapText(printable(text), width);
}
