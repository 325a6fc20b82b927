import type { MailFault } from '../../ports/mailer.ts';
import type { CheckFacts } from '../doctor/check-result.ts';

const FAULTS: Readonly<Record<MailFault, string>> = {
  unreachable: 'it cannot be reached',
  'timed-out': 'it did not answer in time',
  'not-trusted': 'it offers no TLS, or its certificate cannot be trusted',
  'not-signed-in': 'it refuses the user or the password',
  refused: 'it does not take this letter',
  busy: 'it asks to come again later',
  'not-writable': 'the folder cannot be written',
};

type Fact = (name: string) => string;

/** What the command line says about mail and the second factor, in English. */
export const englishMail = {
  /** What is added below an invitation that was to go by letter. */
  letters: {
    sent: '\n\nThe mail server has taken the letter with it.',
    'not-sent':
      '\n\nThe letter was not sent: hand the link on yourself. turnpike doctor says what is wrong with mail.',
  } as Readonly<Record<string, string>>,
  done: {
    'users second-factor-off': (fact: Fact) =>
      `${fact('email')} signs in without a second factor until they set one up again.`,
    'mail test': (fact: Fact) =>
      `The letter to ${fact('address')} ${fact('by') === 'folder' ? 'was written into' : 'was taken by'} ${fact('place')}.`,
  },
  refusals: {
    'mail-settings-wrong': () => 'TURNPIKE_SMTP_URL or TURNPIKE_MAIL_FROM cannot be used.',
    'mail-not-sent': ({ place, fault, answer }: MailFailureFacts) =>
      `The letter was not sent by ${place}: ${because(fault, answer)}.`,
  },
  checks: {
    'mail-by-server': ({ place }: CheckFacts['mail-by-server']) => ({
      text: `The mail server ${place} takes letters.`,
    }),
    'mail-to-folder': ({ path }: CheckFacts['mail-to-folder']) => ({
      text: `No mail server is named: letters are files in ${path}.`,
      remedy: 'Set TURNPIKE_SMTP_URL and TURNPIKE_MAIL_FROM; then try: turnpike mail test EMAIL',
    }),
    'mail-not-ready': ({ place, fault, answer }: CheckFacts['mail-not-ready']) => ({
      text: `No letter leaves by ${place}: ${because(fault, answer)}.`,
      remedy: 'Correct TURNPIKE_SMTP_URL; then try: turnpike mail test EMAIL',
    }),
    'mail-settings-wrong': (_: CheckFacts['mail-settings-wrong']) => ({
      text: 'TURNPIKE_SMTP_URL or TURNPIKE_MAIL_FROM cannot be used.',
      remedy: 'A start says what is wrong with them.',
    }),
  },
};

interface MailFailureFacts {
  readonly place: string;
  readonly fault: string;
  readonly answer: string;
}

function because(fault: string, answer: string): string {
  const words = FAULTS[fault as MailFault] ?? fault;
  return answer === '' ? words : `${words} (${answer})`;
}
