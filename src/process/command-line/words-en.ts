import type { CommandName } from '../commands/all-commands.ts';
import type { CheckFacts } from '../doctor/check-result.ts';
import { englishCodes } from './code-words-en.ts';
import { englishFindings } from './finding-words-en.ts';
import { englishHelp } from './help-words-en.ts';
import { englishMail } from './mail-words-en.ts';
import { notOpenedInEnglish } from './not-opened-words.ts';
import { englishRefusals } from './refusal-words-en.ts';
import { englishSignIn } from './sign-in-words-en.ts';

/** A field of an answer as people read it. */
type Fact = (name: string) => string;

/** How a value that is not there stands in a sentence. */
const NONE = '–';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** Everything the command line says, in English. Its shape is the shape of every other language. */
export const english = {
  ...englishHelp,
  ...englishFindings,

  /** Heads of columns and facts, by the names they have in JSON. */
  labels: {
    ...englishCodes.labels,
    ...englishSignIn.labels,
    tone: 'Urgency',
    subject: 'To what',
    starts_at: 'From',
    english: 'In English',
    ends_at: 'Until',
    chinese: 'In Chinese',
    changes: 'Changes',
    address: 'From',
    actor: 'Who',
    action: 'What',
    account: 'Account',
    acls: 'May use',
    aliases: 'Aliases',
    allowed_from: 'Allowed from',
    amount_ticks: 'Amount',
    at: 'Time',
    audio_input_ticks_per_token: 'Audio in, per 1M',
    available_ticks: 'Available',
    banned: 'Banned',
    base_url: 'Base URL',
    blocked: 'Blocked',
    cached_input_ticks_per_token: 'Cached in, per 1M',
    context_tokens: 'Context',
    cost_ticks: 'Cost',
    created_at: 'Made',
    database: 'Database',
    data_dir: 'Data folder',
    day: 'Day (UTC)',
    duration_ms: 'ms',
    email: 'E-mail',
    domains: 'Domains',
    sign_up_credit_ticks: 'Credit at sign-up',
    daily_free_credit_ticks: 'Free credit a day',
    most_per_day_ticks: 'Most a day costs',
    given_today_ticks: 'Given today (UTC)',
    registration: 'Registration',
    used_by: 'Used by',
    enabled: 'On',
    entries: 'Entries',
    estimated_beyond_report: 'Counted by us: more came than was reported',
    estimated_interrupted: 'Counted by us: their process died',
    estimated_unreported: 'Counted by us: nothing was reported',
    estimated_without_prompt: 'Counted by us: no prompt was reported',
    expires_at: 'Expires',
    failed_requests: 'Failed',
    file: 'File',
    follows_key_id: 'Follows key',
    gateway_ms: 'Gateway ms',
    granted_ticks: 'Operator: credit given',
    has_key: 'Key',
    held_ticks: 'Held',
    http_status: 'Status',
    id: 'Id',
    image_input_ticks_per_token: 'Image in, per 1M',
    input_modalities: 'Takes',
    input_ticks_per_token: 'In, per 1M',
    input_tokens: 'In',
    joined_at: 'Joined',
    key_id: 'Key id',
    key_file: 'Key file',
    kind: 'Kind',
    last_used_at: 'Last used',
    limits: 'Limits',
    live_holds: 'Holds under way',
    lost_holds: 'Holds of dead processes',
    maximum_output_tokens: 'Longest answer',
    made_at: 'As of',
    memo: 'Memo',
    model: 'Model',
    models: 'Models',
    modified_at: 'Changed',
    modified_by: 'Changed by',
    name: 'Name',
    outcome: 'Outcome',
    output_ticks_per_token: 'Out, per 1M',
    output_tokens: 'Out',
    owned_by: 'Owner',
    personal: 'Personal',
    priority: 'Priority',
    reason: 'Reason',
    reasoning_tokens: 'Reasoning',
    redacted: 'Key',
    request_id: 'Request',
    requests: 'Requests',
    requests_in_flight: 'At once',
    requests_per_hour: 'Per hour',
    requests_per_minute: 'Per minute',
    requests_per_second: 'Per second',
    revenue_ticks: 'Operator: charged',
    revoked_at: 'Revoked',
    role: 'Role',
    rows: 'Rows',
    set_aside: 'Earlier files',
    size_bytes: 'Size',
    slug: 'Team',
    spend_per_day_ticks: 'Spend a day (UTC)',
    spend_per_month_ticks: 'Spend a month (UTC)',
    state: 'State',
    table: 'Table',
    team: 'Team',
    team_id: 'Team id',
    team_name: 'Name',
    time_to_first_token_ms: 'First token ms',
    tokens_per_minute: 'Tokens/min',
    took_ms: 'ms',
    transactions: 'Transactions',
    uncollected_ticks: 'Operator: not collected',
    user_id: 'Person id',
    valid_from: 'From',
    wallets: 'Wallets',
  },

  /** Words that stand in cells. A value that is not listed is shown as it is. */
  values: {
    true: 'yes',
    false: 'no',
    null: NONE,
    'invite-only': 'by invitation',
    ended: 'taken back',
    'to-come': 'to come',
    beginning: 'always',
    unlimited: 'none',
  } as Readonly<Record<string, string>>,

  /** One limit in a cell, such as 60/min. */
  limit: {
    requests_per_second: (most: number) => `${most}/s`,
    requests_per_minute: (most: number) => `${most}/min`,
    requests_per_hour: (most: number) => `${most}/h`,
    tokens_per_minute: (most: number) => `${most} tokens/min`,
    requests_in_flight: (most: number) => `${most} at once`,
  },

  /** What is said when a command has done its work. */
  done: {
    ...englishMail.done,
    'users create': (fact: Fact) =>
      `${fact('email')} was made (${fact('role')}), with a personal team that has ${fact('available_ticks')}.\nNext: turnpike keys create NAME --user ${fact('email')}`,
    'users ban': (fact: Fact) => `${fact('email')} is banned. None of their keys work any more.`,
    'users unban': (fact: Fact) => `${fact('email')} is not banned any more.`,
    'invitations create': (fact: Fact) =>
      `Whoever opens this link first makes themselves an account. It is shown this once, and works until ${fact('expires_at')}:\n\n${fact('link')}${englishMail.letters[fact('letter')] ?? ''}`,
    ...englishCodes.done,
    ...englishSignIn.done,
    'invitations revoke': (fact: Fact) => `The invitation ${fact('id')} lets nobody in any more.`,
    'notices remove': (fact: Fact) => `The notice ${fact('id')} is shown no longer.`,
    'teams create': (fact: Fact) =>
      `The team ${fact('slug')} was made. It has no credit yet: turnpike credit grant AMOUNT --team ${fact('slug')}`,
    'teams add-member': (fact: Fact) => `${fact('email')} is now in ${fact('slug')} (${fact('role')}).`,
    'teams remove-member': (fact: Fact) =>
      `${fact('email')} is not in ${fact('slug')} any more. Keys disabled: ${fact('disabled_keys')}.`,
    'teams block': (fact: Fact) => `${fact('slug')} is blocked. None of its keys work any more.`,
    'teams unblock': (fact: Fact) => `${fact('slug')} is not blocked any more.`,
    'keys create': (fact: Fact) =>
      `${fact('key')}\n\nThis is the key ${fact('name')} of ${fact('team_name')}. It is shown only now: keep it safe. Its id is ${fact('id')}.`,
    'keys rotate': (fact: Fact) =>
      `${fact('key')}\n\nThis is the new key ${fact('name')}. It is shown only now: keep it safe. Its id is ${fact('id')}.\nThe earlier one, ${fact('earlier_redacted')}, works until ${fact('earlier_expires_at')}.`,
    'keys disable': (fact: Fact) => `${fact('redacted')} (${fact('name')}) is disabled.`,
    'keys enable': (fact: Fact) => `${fact('redacted')} (${fact('name')}) is ${fact('state')}.`,
    'keys revoke': (fact: Fact) => `${fact('redacted')} (${fact('name')}) is revoked and never works again.`,
    'credit grant': (fact: Fact) =>
      fact('outcome') === 'exists'
        ? `The grant ${fact('id')} was booked before; nothing was moved now. ${fact('team_name')} has ${fact('available_ticks')} available.`
        : `${fact('amount_ticks')} granted to ${fact('team_name')}, which now has ${fact('available_ticks')} available.`,
    'credit withdraw': (fact: Fact) =>
      fact('outcome') === 'exists'
        ? `The withdrawal ${fact('id')} was booked before; nothing was moved now. ${fact('team_name')} has ${fact('available_ticks')} available.`
        : `${fact('amount_ticks')} withdrawn from ${fact('team_name')}, which now has ${fact('available_ticks')} available.`,
    'credit sign-up': (fact: Fact) => `Whoever signs up gets ${fact('amount_ticks')}.`,
    'channels enable': (fact: Fact) => `${fact('name')} answers again.`,
    'channels disable': (fact: Fact) => `${fact('name')} does not answer any more.`,
    'channels remove': (fact: Fact) => `${fact('name')} was removed.`,
    'models enable': (fact: Fact) => `${fact('id')} is offered again.`,
    'models disable': (fact: Fact) => `${fact('id')} is not offered any more.`,
    'models remove': (fact: Fact) => `${fact('id')} was removed from the catalogue.`,
    'copy-database': (fact: Fact) =>
      `The database was copied to ${fact('database')}. Every count and balance is the same on both sides; the data folder stays as it was.\nNext: start the server with TURNPIKE_DATABASE_URL, and keep secret.key of the data folder: the keys of channels are sealed with it.`,
    backup: (fact: Fact) =>
      `${fact('findings') === '0' ? 'The copy was read back and its books are in order.' : `The copy was read back, and its books are not in order. Findings: ${fact('findings')}.`}
It holds the whole database and the key that opens the keys of your upstreams: keep it as safe as the data folder, and on another disk. A model on this machine is not in it.
To get it back: turnpike restore '${fact('file')}'`,
    restore: (fact: Fact) =>
      `${fact('findings') === '0' ? 'Restored, and the books are in order.' : `Restored. The books are not in order. Findings: ${fact('findings')}.`} What happened after the backup is not in them; turnpike audit keeps saying so.
Calls that were under way then (${fact('lost_holds')}) are ended by the next start: charged what was noted of them, the rest given back.`,
    audit: (fact: Fact) =>
      `${
        fact('findings') === '0'
          ? 'The books are in order: nothing was found.'
          : `The books are not in order. Findings: ${fact('findings')}.`
      }${fact('restored_at') === NONE ? '' : `\nThey were restored at ${fact('restored_at')} from a backup${fact('backup_made_at') === NONE ? '' : ` of ${fact('backup_made_at')}`}: what was booked in between is not in them.`}`,
  } satisfies Partial<Record<CommandName, (fact: Fact) => string>>,

  nothing: 'There is nothing to list.',
  times: (zone: string) => `Times are in ${zone}.`,
  nextPage: (cursor: string) => `There is more: --cursor ${cursor}`,

  refusals: englishRefusals,

  /** Why a command could not be worked on. */
  faults: {
    unknownCommand:
      'The server that runs does not know this command. It may be of another version; restart it.',
    wrongInput: (parameter: string) => `The value of ${parameter} cannot be used.`,
    busy: 'Too many commands are waiting already. Nothing was done.',
    storage: 'The database did not answer. Nothing was done.',
    storageUnknown:
      'The database did not answer in time. The change may have been made; look before you repeat it.',
    internal: 'Something went wrong inside. The log of the server says more.',
    notTaken: 'The server did not take the command. Nothing was done.',
    noReply:
      'The server did not answer in time. The command may have been carried out; look before you repeat it.',
    folderHeld: (path: string, pid: number | undefined) =>
      `${path} is in use by ${pid === undefined ? 'another process' : `process ${pid}`}, which does not answer. Wait for it, or stop it.`,
    noFolder: (path: string) =>
      `There is no data folder ${path}. Start the server once, or name the folder with TURNPIKE_DATA_DIR.`,
    folderNotUsable: (path: string) =>
      `The data folder ${path} cannot be written by this user. turnpike doctor says more.`,
    folderNotMade: (path: string) =>
      `The data folder ${path} cannot be made. Check the rights of the folder above it.`,
    notOpened: (path: string, reason: string) =>
      `The database in ${path} cannot be opened: ${notOpenedInEnglish(reason)}. turnpike doctor says more.`,
  },

  checkStates: { ok: 'ok', warning: 'note', problem: 'PROBLEM' },
  checksHealthy: 'Nothing keeps Turnpike from working.',
  checksUnhealthy: 'Turnpike cannot work well like this.',

  /** Each finding of the doctor: what is so, and where something can be done, what. */
  checks: {
    ...englishMail.checks,
    'folder-ok': ({ path }) => ({ text: `The data folder ${path} can be written and is private.` }),
    'folder-missing': ({ path }) => ({
      text: `There is no data folder ${path}.`,
      remedy: 'Start the server once, or name the folder with TURNPIKE_DATA_DIR.',
    }),
    'folder-not-writable': ({ path }) => ({
      text: `The data folder ${path} cannot be written by this user.`,
      remedy: 'Run as the user who owns it, or change its owner.',
    }),
    'open-to-others': ({ path, mode }) => ({
      text: `${path} can be read by other users of this machine (${mode}).`,
      remedy: `chmod go= '${path}'`,
    }),
    'key-file-unusable': ({ path }) => ({
      text: `The key file ${path} cannot be read or holds no key.`,
      remedy: 'Put it back from a backup, or move it away and give the keys of your channels again.',
    }),
    'server-runs': ({ pid }) => ({ text: `The server runs (process ${pid}) and answers.` }),
    'server-stopped': () => ({ text: 'No server runs on this folder.' }),
    'folder-held': ({ pid }) => ({
      text: `${pid === 0 ? 'Another process' : `Process ${pid}`} has the data folder and does not answer.`,
      remedy: 'If it is starting or stopping, wait a moment; else end it.',
    }),
    'database-ok': ({ engine }) => ({ text: `The database (${engine}) reads, writes and is up to date.` }),
    'database-not-opened': ({ reason }) => ({
      text: `The database cannot be opened: ${notOpenedInEnglish(reason)}.`,
      remedy: 'Keep the file as it is, and see what the server says when it starts.',
    }),
    'database-damaged': () => ({
      text: 'The database file is damaged.',
      remedy: 'Stop the server, and restore the last backup: turnpike restore FILE --replace',
    }),
    'database-not-working': () => ({
      text: 'The database was opened and does not work.',
      remedy: 'See whether the disk is full or read-only.',
    }),
    'database-not-looked-at': () => ({ text: 'The database was not looked at.' }),
    'catalogue-ok': ({ models }) => ({
      text: `${plural(models, 'model', 'models')} in the catalogue, all well defined.`,
    }),
    'catalogue-empty': () => ({
      text: 'The catalogue has no model.',
      remedy: 'turnpike models set MODEL --context N --input-price P --output-price P',
    }),
    'model-wrong': ({ model, fault }) => ({
      text: `The model ${model} is not well defined: ${fault}.`,
      remedy: `turnpike models set ${model} …`,
    }),
    'model-without-price': ({ model }) => ({
      text: `The model ${model} has no price now.`,
      remedy: `turnpike models price ${model} --input P --output P`,
    }),
    'name-twice': ({ name }) => ({
      text: `The name ${name} leads to two models.`,
      remedy: `turnpike models set MODEL --remove-alias ${name}`,
    }),
    'model-answered': ({ model, channel }) => ({ text: `${model} is answered by ${channel}.` }),
    'model-simulated': ({ model }) => ({
      text: `${model} is answered by the simulator, not by a model.`,
      remedy: 'turnpike channels add --preset xai --key -',
    }),
    'model-by-default': ({ model }) => ({
      text: `${model} has no channel. What answers it is decided when the server starts.`,
      remedy: 'turnpike channels add --preset xai --key -, or start with --local',
    }),
    'model-unanswered': ({ model }) => ({
      text: `Nothing answers ${model}.`,
      remedy: `turnpike channels add NAME --base-url URL --model ${model}`,
    }),
    'bun-ok': ({ version }) => ({ text: `Bun ${version}.` }),
    'bun-old': ({ version, needed }) => ({
      text: `Bun ${version} is too old; ${needed} is needed.`,
      remedy: 'npm install',
    }),
    'connections-ok': ({ most }) => ({ text: `Up to ${most} requests to upstreams at once.` }),
    'connections-few': ({ most, needed }) => ({
      text: `Only ${most} requests to upstreams at once; more wait in silence.`,
      remedy: `Set BUN_CONFIG_MAX_HTTP_REQUESTS to ${needed} or more before Bun starts; npm start does.`,
    }),
    'clock-ok': () => ({ text: 'The clock shows a believable date.' }),
    'clock-wrong': ({ now }) => ({
      text: `The clock says ${now}, which cannot be.`,
      remedy: 'Set the clock of this machine.',
    }),
    'clock-behind': ({ now, seen }) => ({
      text: `The clock says ${now}, but something was written at ${seen}.`,
      remedy: 'Set the clock of this machine.',
    }),
    'engine-ready': ({ path }) => ({ text: `The local model is in ${path}.` }),
    'engine-incomplete': ({ path }) => ({
      text: `The local model in ${path} is not whole.`,
      remedy: 'npm start -- --local fetches what is missing.',
    }),
    'engine-damaged': ({ path, files, folder }) => ({
      text: `Damaged: ${path}${files === 1 ? '' : ` and ${files - 1} more of the local engine`}.`,
      remedy: `Remove ${folder}; then npm start -- --local fetches it again.`,
    }),
    'weights-damaged': ({ path }) => ({
      text: `Damaged: the local model’s weights ${path}.`,
      remedy: 'Remove that file; then npm start -- --local fetches it again.',
    }),
    'own-weights-changed': ({ path }) => ({
      text: `The weights ${path} are missing or no longer what they were.`,
      remedy: 'Put the file back, or name another: npm start -- --local --weights FILE',
    }),
  } satisfies {
    readonly [Code in keyof CheckFacts]: (facts: CheckFacts[Code]) => {
      readonly text: string;
      readonly remedy?: string;
    };
  },
};
