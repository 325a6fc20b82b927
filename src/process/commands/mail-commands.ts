import { refuse } from '../../domain/refusal.ts';
import { readEmail } from '../../identity/read-email.ts';
import { layOutLetter, lettersIn } from '../../language/letters.ts';
import { defineCommand } from './command.ts';
import { argument, option } from './parameter.ts';
import { choice, text } from './value-kind.ts';

const test = defineCommand({
  name: 'mail test',
  mutates: false,
  parameters: { address: argument(text('EMAIL')), language: option(choice(['en', 'zh'])) },
  view: [],
  async run({ mail }, { address, language = 'en' }) {
    const to = readEmail(address);
    if (to === undefined) return refuse('bad-email', { email: address });
    if (mail === undefined) return refuse('mail-settings-wrong');
    const { mailer, host } = mail;
    const outcome = await mailer.deliver({ to, ...layOutLetter(lettersIn(language).test(host), language) });
    if (outcome !== 'sent') return refuse('mail-not-sent', { place: mailer.place, ...outcome });
    return { address: to, by: mailer.kind, place: mailer.place };
  },
});

/** Letters to people. */
export const MAIL_COMMANDS = [test];
