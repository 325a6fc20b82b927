import type { RefusalFacts } from '../../domain/refusal.ts';
import { refusalsInEnglish } from '../../http/api/refusal-words-en.ts';
import { englishMail } from './mail-words-en.ts';
import { notOpenedInEnglish } from './not-opened-words.ts';

/** Why a command did not do what was asked, in English: as a page says it, but where there is a command to name. */
export const englishRefusals: RefusalSentences = {
  ...refusalsInEnglish,
  ...englishMail.refusals,
  'owner-exists': () => 'This installation has its owner already. Make the person with another role.',
  'already-set-up': () =>
    'This installation is set up already: somebody can sign in. For a new password: turnpike users password EMAIL',
  'set-up-link-over': () => 'The set-up link is not good any more. Make a new one: turnpike set-up-link',
  'registration-closed': () =>
    'Registration is closed. Open it first: turnpike registration --mode invite-only',
  'unknown-user': ({ user }) => `There is no person ${user}. turnpike users list shows all.`,
  'unknown-team': ({ team }) => `There is no team ${team}. turnpike teams list shows all.`,
  'unknown-passkey': ({ passkey }) =>
    `They have no passkey ${passkey}. turnpike users passkeys EMAIL shows what they have.`,
  'last-way-in': () => 'This is the only way in that they have.',
  'unknown-notice': () => 'There is no such notice. turnpike notices list shows all.',
  'no-team-yet': () => 'There is nobody yet. Start with: turnpike users create EMAIL --role owner',
  'team-not-named': ({ teams }) =>
    `There are ${teams} teams. Say which one with --team SLUG, or --user EMAIL for a personal team.`,
  'user-is-banned': ({ user }) => `${user} is banned. Lift the ban first: turnpike users unban ${user}`,
  'team-is-blocked': ({ team }) => `${team} is blocked. Lift the block first: turnpike teams unblock ${team}`,
  'bad-key': () => 'That is not a key: a key is xai- and 80 letters or digits.',
  'key-of-another-team': () => 'That key belongs to another team.',
  'unknown-key': ({ key }) => `There is no key ${key}. turnpike keys list shows the keys of a team.`,
  'unknown-model': ({ model }) => `There is no model ${model}. turnpike models list shows all.`,
  'model-needs-context': ({ model }) =>
    `There is no model ${model} yet. To make it, give --context, --input-price and --output-price.`,
  'model-needs-price': ({ model }) => `The model ${model} needs --input-price and --output-price.`,
  'unknown-channel': ({ channel }) => `There is no channel ${channel}. turnpike channels list shows all.`,
  'channel-needs-address': () =>
    'Where is the upstream? Give --base-url, or --preset xai or --preset ollama.',
  'channel-needs-models': () =>
    "Which models does it answer? Give --model, for example --model grok-beta=llama3.2, or --model '*' for all.",
  'bad-address': ({ why }) =>
    ({
      'not-an-address': 'That is not an address. A base URL is like https://api.example.com/v1.',
      scheme: 'An upstream is reached by http or https.',
      credentials: 'An address must not hold a user name or password. Give the key with --key.',
      query: 'A base URL has no ? and no # in it.',
    })[why],
  'key-would-move': ({ channel }) =>
    `The key of ${channel} was given for another address. Give the key of the new one with --key, or --no-key.`,
  'copy-has-no-source': () =>
    'The database of the data folder is copied, and TURNPIKE_DATABASE_URL names another. Unset it for this command.',
  'bad-database-address': () =>
    'This is not the address of a PostgreSQL database. Write postgres://user:password@host:5432/database.',
  'books-not-in-order': ({ findings }) =>
    `The books are not in order (findings: ${findings}), so they were not copied. turnpike audit says more.`,
  'database-not-opened': ({ database, reason }) =>
    `The database ${database} cannot be opened: ${notOpenedInEnglish(reason)}. Nothing was copied.`,
  'database-not-empty': ({ database }) =>
    `The database ${database} has data already. Nothing was copied: name an empty one.`,
  'copy-not-made': ({ database, why }) => `Nothing was copied to ${database}: ${why}.`,
  'copy-differs': ({ database }) =>
    `The copy in ${database} does not come to the same as the books here. Do not use it; drop it.`,
  'server-runs': () => 'The server runs. Stop it first, so that nothing is written meanwhile.',
  'engine-has-own-backup': ({ engine }) =>
    `A database on ${engine} is saved and restored with its own tools, such as pg_dump and pg_restore. Keep the file secret.key with the copy.`,
  'file-exists': ({ path }) => `${path} exists. Nothing is written over: name another file.`,
  'file-missing': ({ path }) => `There is no file ${path}.`,
  'key-file-unusable': ({ path }) =>
    `The key file ${path} cannot be read or holds no key. Put it back from an earlier backup, or move it away.`,
  'folder-has-database': ({ path }) =>
    `There is a database already: ${path}. With --replace it is moved aside, not deleted.`,
  'backup-failed': ({ path, why }) =>
    why === 'damaged'
      ? 'The database is damaged, so no backup was made of it. Keep it as it is, and restore the last backup.'
      : why === 'disk-full'
        ? `The disk is full: ${path} was not written.`
        : `${path} cannot be written (${why}). Check that its folder exists and may be written.`,
  'not-a-backup': ({ path, why }) =>
    why === 'damaged'
      ? `The backup ${path} is damaged. Nothing was changed; try an earlier one.`
      : why === 'newer'
        ? `The backup ${path} was made by a newer Turnpike. Nothing was changed; restore it with that version.`
        : `${path} cannot be restored: ${notOpenedInEnglish(why)}. Nothing was changed.`,
  'bad-page': ({ most }) => `--limit is from 1 to ${most}, and --cursor is what the page before ended with.`,
};

export type RefusalSentences = {
  readonly [Code in keyof RefusalFacts]: (facts: RefusalFacts[Code]) => string;
};
