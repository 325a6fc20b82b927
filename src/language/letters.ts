import type { Language } from './choose-language.ts';
import { englishLetters } from './letters-en.ts';
import { chineseLetters } from './letters-zh.ts';

/** A letter in words, before it is laid out. It never holds what somebody else could have written, but addresses. */
export interface Letter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** What the letter is for: a link to open, or a code to type. */
  readonly link?: { readonly label: string; readonly url: string };
  readonly code?: string;
  /** What to do when one did not ask for it. */
  readonly closing: readonly string[];
}

/** Every letter that Turnpike sends. `host` is the server's own name. */
export interface Letters {
  /** That letters arrive. */
  test(host: string): Letter;
  /** To whoever asked for an account: opening the link shows that the address is theirs. */
  signUp(host: string, url: string, minutes: number): Letter;
  /** The same was asked for an address that has an account. */
  signUpKnown(host: string, url: string): Letter;
  /** From an operator, with a link by which an account is made. */
  invitation(host: string, url: string, days: number): Letter;
  /** To somebody who has an account: an address that manages a team invites them into it. */
  teamInvitation(host: string, inviter: string, url: string, days: number): Letter;
  /** The same to an address without one, where everybody may make one. */
  teamInvitationToNewcomer(host: string, inviter: string, url: string, days: number): Letter;
  /** To who looks after a team's money: its balance has fallen below a line that the team drew. */
  balanceBelow(alert: AlertFacts): Letter;
  /** The same of what a day may cost. */
  spentInADay(alert: AlertFacts): Letter;
  resetPassword(host: string, url: string, minutes: number): Letter;
  passwordWasReset(host: string): Letter;
  /** To the person's own address, where a passkey opens the account from now on. */
  passkeyWasAdded(host: string): Letter;
  /** To somebody for whom an operator made a password, which is not in it. */
  operatorSetPassword(host: string): Letter;
  operatorTurnedSecondFactorOff(host: string): Letter;
  operatorRemovedPasskey(host: string): Letter;
  signInCode(host: string, code: string, minutes: number): Letter;
  confirmEmail(host: string, url: string, hours: number): Letter;
  /** To the new address. */
  confirmNewEmail(host: string, url: string, hours: number): Letter;
  /** To the old address, when the new one is in force. */
  emailWasChanged(host: string, newEmail: string): Letter;
}

export interface AlertFacts {
  readonly host: string;
  /** The team by its short name; null for the reader's own. */
  readonly team: string | null;
  /** Amounts as they are read. */
  readonly line: string;
  readonly now: string;
  readonly url: string;
}

export function lettersIn(language: Language): Letters {
  return language === 'zh' ? chineseLetters : englishLetters;
}

/** A letter as plain text and as HTML that every mail program shows: one column, no pictures, nothing to fetch. */
export function layOutLetter(
  letter: Letter,
  language: Language,
): { readonly subject: string; readonly text: string; readonly html: string } {
  const { subject, paragraphs, link, code, closing } = letter;
  const text = [
    ...paragraphs,
    ...(link ? [link.url] : []),
    ...(code ? [code] : []),
    ...closing,
    '—',
    'Turnpike',
  ];
  const paragraph = (words: string, style = '') =>
    `<p style="margin:0 0 16px;${style}">${escaped(words)}</p>`;
  const body = [
    ...paragraphs.map((words) => paragraph(words)),
    ...(link ? [linkHtml(link)] : []),
    ...(code ? [paragraph(code, 'font:600 28px/1.4 ui-monospace,monospace;letter-spacing:.12em')] : []),
    ...closing.map((words) => paragraph(words, 'color:#5c6370;font-size:14px')),
  ];
  const html = `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:32px 20px;background:#fff;color:#1a1d21">
<div style="max-width:480px;margin:0 auto;font:16px/1.6 system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',sans-serif">
<p style="margin:0 0 24px;font-weight:600">Turnpike</p>
${body.join('\n')}
</div>
</body>
</html>
`;
  return { subject, text: `${text.join('\n\n').replace('—\n\nTurnpike', '— Turnpike')}\n`, html };
}

/** The address stands below the button: whoever mistrusts a button reads where it leads. */
function linkHtml({ label, url }: { readonly label: string; readonly url: string }): string {
  const href = escaped(url);
  return `<p style="margin:0 0 12px"><a href="${href}" style="display:inline-block;padding:10px 20px;border-radius:8px;background:#1a1d21;color:#fff;text-decoration:none;font-weight:600">${escaped(label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;color:#5c6370;word-break:break-all">${href}</p>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
