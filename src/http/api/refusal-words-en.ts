import { formatUsd } from '../../domain/money.ts';
import type { RefusalFacts } from '../../domain/refusal.ts';

const usd = (ticks: string) => formatUsd(BigInt(ticks));

/** Why a use-case did not do what a page asked for. What only the command line can be told is not here. */
export const refusalsInEnglish = {
  'bad-email': ({ email }) => `${email} is not an e-mail address that can be used here.`,
  'bad-name': () => 'A name is one line of 1 to 100 characters, without control characters.',
  'email-taken': ({ email }) => `There is already a person with the address ${email}.`,
  'already-set-up': () => 'This server is set up already. Sign in.',
  'set-up-link-over': () =>
    'This link is not good any more. The newest one is in the terminal where the server was started.',
  'registration-closed': () => 'Registration is closed. An operator can open it, or make the person.',
  'registration-needs-mail': () =>
    'To let everybody in, letters have to reach them: whoever signs up shows that the address is theirs. Name a mail server in TURNPIKE_SMTP_URL first.',
  'bad-registration': ({ modes }) => `Registration is one of ${modes}.`,
  'bad-domains': ({ most }) => `Domains are like example.com, between commas, and at most ${most}.`,
  'domain-not-allowed': ({ domains }) => `Only addresses of these domains are taken here: ${domains}.`,
  'invitation-over': () =>
    'This invitation is not good any more: it was used, taken back, or has expired. Ask for a new one.',
  'invitation-too-long': ({ days }) => `An invitation lasts at most ${days} days.`,
  'unknown-invitation': () => 'There is no such invitation that could still be used.',
  'letter-needs-address': () => 'A letter needs an address: name the one that the invitation is for.',
  'letter-needs-mail': () => 'Letters need a mail server: set TURNPIKE_SMTP_URL and start again.',
  'too-many-invitations': ({ most }) =>
    `A team has at most ${most} open invitations. Revoke one, or wait until one is answered.`,
  'set-by-environment': ({ name }) => `The environment sets ${name}. Change it there, and start again.`,
  'unknown-user': ({ user }) => `There is no person ${user}.`,
  'unknown-team': ({ team }) => `There is no team ${team}.`,
  'owner-stays': ({ user }) => `${user} owns this installation and cannot be banned.`,
  'owner-signs-in': ({ user }) =>
    `${user} owns this installation. Only they change how they sign in; whoever runs the machine has the command line.`,
  'own-sign-in': () => 'Change how you sign in yourself on the page Security.',
  'user-is-banned': ({ user }) => `${user} is banned. Lift the ban first.`,
  'team-is-blocked': ({ team }) => `${team} is blocked. An operator can lift the block.`,
  'bad-slug': ({ slug }) =>
    `${slug} cannot be used: 1 to 48 lower-case letters, digits and inner hyphens, not an id and not personal-….`,
  'slug-taken': ({ slug }) => `There is already a team ${slug}.`,
  'already-member': ({ user, team }) => `${user} is in ${team} already.`,
  'not-a-member': ({ user, team }) => `${user} is not in ${team}.`,
  'weak-password': ({ fault }): string =>
    fault === 'too-common'
      ? 'Many people use this password, so it is tried first. Take another one.'
      : 'Take a password of 10 to 256 characters.',
  'wrong-password': () => 'This is not your password.',
  'passkeys-not-here': ({ url }) =>
    `Browsers allow passkeys over https at a name, and this server’s address is ${url}. Its operator can give it another one in TURNPIKE_PUBLIC_URL.`,
  'passkey-not-taken': () => 'The passkey was not made for this page, or it took too long. Begin again.',
  'passkey-exists': () => 'This passkey is here already.',
  'too-many-passkeys': ({ most }) => `A person has at most ${most} passkeys. Remove one first.`,
  'unknown-passkey': () => 'There is no such passkey.',
  'last-way-in': () => 'This is the only way in that you have. Set a password or add another passkey first.',
  'last-owner': ({ team }) => `${team} would be left without an owner. Add another owner first.`,
  'personal-team': ({ team }) => `${team} is a personal team; its only member is its person.`,
  'unknown-key': () => 'There is no such key in this team.',
  'key-is-revoked': ({ key }) => `${key} is revoked for ever. Make a new key.`,
  'too-many-keys': ({ most }) => `A team has at most ${most} keys that are neither revoked nor expired.`,
  'bad-acl': ({ acl }) =>
    `${acl} is not an access entry. Entries are like api-key:model:grok-beta or api-key:endpoint:chat, or * for all.`,
  'too-many-acls': ({ most }) => `A key has at most ${most} access entries.`,
  'bad-limit': ({ most }) => `A limit is a whole number from 1 to ${most}.`,
  'moment-past': () => 'That moment has passed already.',
  'bad-network': ({ network }) =>
    `${network} is not a network. Networks are like 10.0.0.0/8, 2001:db8::/32 or 192.0.2.7, with no bits set beyond the prefix.`,
  'too-many-networks': ({ most }) => `A key has at most ${most} networks.`,
  'bad-spend-limit': ({ mostTicks }) =>
    `A spend limit is more than nothing and at most ${usd(mostTicks)}. To stop a key, disable it.`,
  'bad-overlap': ({ days }) => `An overlap lasts at most ${days} days.`,
  'bad-amount': () => 'The amount must be more than nothing and at most $900,719.',
  'not-enough': ({ availableTicks, askedTicks }) =>
    `Only ${usd(availableTicks)} is available, which is less than ${usd(askedTicks)}. Nothing was moved.`,
  'too-much-credit': ({ mostTicks }) => `A team can have at most ${usd(mostTicks)}. Nothing was moved.`,
  'bad-memo': ({ most }) => `A memo is one line of at most ${most} characters.`,
  'bad-transaction-id': () =>
    'An id is 1 to 100 letters, digits and . _ : - and begins with a letter or digit.',
  'transaction-differs': ({ id }) =>
    `The id ${id} was used for another movement. Nothing was moved; use a new id.`,
  'too-many-alerts': ({ most }) => `A team has at most ${most} alerts.`,
  'bad-notice': ({ most }) => `A notice has 1 to ${most} characters in each language.`,
  'unknown-notice': () => 'There is no such notice.',
  'bad-code-count': ({ most, mostUses }) =>
    `1 to ${most} codes are made at once, each for 1 to ${mostUses} teams.`,
  'unknown-code': () => 'There is no such code. Check it for letters that were left out.',
  'code-over': () => 'This code has expired or was taken back.',
  'code-used': ({ by }): string =>
    by === 'team' ? 'Your team has used this code already.' : 'This code has been used up.',
  'unknown-model': ({ model }) => `There is no model ${model}.`,
  'bad-model-name': ({ name }) =>
    `${name} cannot be a model's name: 1 to 128 letters, digits and . _ : / @ -`,
  'model-name-taken': ({ name, model }) => `${name} already leads to the model ${model}.`,
  'too-many-aliases': ({ most }) => `A model has at most ${most} aliases.`,
  'bad-modalities': () => 'A model takes at least text.',
  'bad-token-count': () => 'A number of tokens is a whole number from 1 to 100000000.',
  'bad-priority': () => 'A priority is a whole number from 0 to 1000.',
  'model-needs-context': ({ model }) =>
    `There is no model ${model} yet. To make it, give its context and its prices.`,
  'model-needs-price': ({ model }) => `The model ${model} needs a price for input and for output.`,
  'bad-price': () => 'That price is out of range.',
  'price-exists': () => 'There are prices from that very moment already.',
  'bad-owner': () => 'An owner is 1 to 64 letters, digits, spaces and . _ -',
  'unknown-channel': () => 'There is no such channel.',
  'channel-name-taken': ({ name }) => `There is already a channel ${name}. Give this one another name.`,
  'channel-needs-address': () => 'Where is the upstream? Give its base URL.',
  'channel-has-no-address': () => 'Only an OpenAI-compatible channel has an address and a key.',
  'channel-needs-models': () => 'Which models does it answer? Name at least one, or all with *.',
  'bad-address': ({ why }) =>
    ({
      'not-an-address': 'That is not an address. A base URL is like https://api.example.com/v1.',
      scheme: 'An upstream is reached by http or https.',
      credentials: 'An address must not hold a user name or password. Give the key by itself.',
      query: 'A base URL has no ? and no # in it.',
    })[why],
  'bad-upstream-key': () => 'A key of an upstream is one line of visible ASCII characters.',
  'bad-model-route': ({ route }) =>
    `${route} is not a model of a channel. Write MODEL, MODEL=NAME, * or *=NAME.`,
  'key-would-move': ({ channel }) =>
    `The key of ${channel} was given for another address. Give the key of the new one, or none.`,
  'engine-has-own-backup': ({ engine }) =>
    `Backups are made with the tools of ${engine} itself, such as pg_dump; keep the file secret.key with them.`,
  'bad-page': ({ most }) => `A page has 1 to ${most} rows, and a cursor is what the page before ended with.`,
  'bad-days': ({ most }) => `Days are like 2026-11-22, the first before the last and at most ${most} in all.`,
  'backup-failed': ({ why }) =>
    why === 'damaged'
      ? 'The database is damaged, so no backup was made of it. Keep it as it is, and restore the last backup.'
      : why === 'disk-full'
        ? 'The disk is full: the backup was not written.'
        : `The backup cannot be written (${why}).`,
} satisfies RefusalWords;

type RefusalWords = { readonly [Code in keyof RefusalFacts]?: (facts: RefusalFacts[Code]) => string };
