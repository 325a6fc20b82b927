import type { Notice } from '../../../src/http/api/wire/notices.ts';
import type { SettingGroup } from './setting-groups.ts';

export const en = {
  title: 'Settings',
  lead: 'What can be changed here, what the environment says, and whether all of it works.',
  backups: 'Backups are with the ledger.',
  loading: 'Loading the settings',
  failed: 'The settings could not be loaded.',
  again: 'Try now',
  didNotWork: 'That did not work. Check the connection and try again.',
  close: 'Close',
  save: 'Save',
  saving: 'Saving…',
  credit: {
    title: 'Credit of a sign-up',
    text: 'What the team of a new person begins with. Zero gives none; who is here keeps what they have.',
    amount: 'Amount in US dollars',
    badAmount: 'Type an amount, such as 25 or 0.',
    now: (amount: string, isUsual: boolean): string =>
      isUsual ? `${amount} now, as shipped.` : `${amount} now.`,
  },
  notices: {
    title: 'Notices',
    text: 'A notice is on every page of everyone who is signed in, in their language, until they dismiss it.',
    compose: 'New notice',
    failed: 'The notices could not be loaded.',
    none: 'Nobody is told anything now.',
    heads: { notice: 'Notice', shown: 'Shown', actions: 'What can be done' },
    tones: { info: 'Information', warning: 'Warning', critical: 'Critical' } satisfies Record<
      Notice['tone'],
      string
    >,
    states: { later: 'To come', now: 'Shown now', over: 'Over' },
    span: (from: string, until: string | undefined): string =>
      until === undefined ? `from ${from}` : `from ${from} to ${until}`,
    takeDown: 'Take down',
    takeDownOf: (text: string) => `Take down: ${text}`,
    taken: 'The notice was taken down.',
    putBack: 'Put it back',
  },
  composing: {
    title: 'New notice',
    tone: 'How urgent it is',
    languages: { en: 'In English', zh: 'In Chinese (简体中文)' },
    from: 'From',
    fromHint: 'Empty: from now.',
    until: 'Until',
    untilHint: 'Empty: until it is taken down.',
    endsFirst: 'It would be over before it begins. Choose a later end.',
    preview: 'As it will look',
    empty: { en: 'Your words', zh: '公告内容' },
    save: 'Show to everyone',
    saving: 'Saving…',
  },
  doctor: {
    title: 'Check-up',
    look: 'Look again',
    looking: 'Looking…',
    failed: 'The check-up could not be made.',
    healthy: 'Nothing keeps it from working.',
    unhealthy: 'It cannot work well like this.',
    fine: (count: number): string => (count === 1 ? '1 thing is in order' : `${count} things are in order`),
    states: { ok: 'in order', warning: 'warning', problem: 'problem' },
  },
  environment: {
    title: 'Environment',
    text: 'Read when the server starts. To change one, set it where the server is started, and start again.',
    setting: 'Setting',
    value: 'Value',
    notSet: 'not set',
    secret: 'set, and kept secret',
    sources: { environment: 'from the environment', stored: 'changed here', default: 'as shipped' },
    groups: {
      reach: 'How it is reached',
      data: 'Where everything is kept',
      models: 'What answers',
      people: 'The owner',
      mail: 'Letters',
      watching: 'Logs, figures and stopping',
      others: 'Others',
    } satisfies Record<SettingGroup, string>,
    does: {
      TURNPIKE_HOST: 'The address it listens on. 127.0.0.1 is this machine alone, 0.0.0.0 every network.',
      TURNPIKE_PORT: 'The port it listens on.',
      TURNPIKE_PUBLIC_URL:
        'The address people reach it by, such as https://llm.example.com. With https, cookies go over https only.',
      TURNPIKE_TRUSTED_PROXIES:
        'Networks of proxies whose word about where a request comes from is believed.',
      TURNPIKE_DATA_DIR: 'The folder with the database, its key, backups and the model of this machine.',
      TURNPIKE_DATABASE_URL:
        'A PostgreSQL database instead of the file in the folder, also for several servers.',
      TURNPIKE_VALKEY_URL: 'Not used by this version: each server counts limits for itself.',
      TURNPIKE_UPSTREAM: 'What answers models that no channel answers: simulator, local, xai or a base URL.',
      TURNPIKE_UPSTREAM_KEY: 'The key for it.',
      TURNPIKE_UPSTREAM_MODEL: 'The one model that is asked for there, whatever the caller names.',
      TURNPIKE_LIMITS: 'catalogue, or off for load tests and private machines. Credit is never off.',
      TURNPIKE_ADMIN_EMAIL: 'The owner’s address, for a first start with nobody at the keyboard.',
      TURNPIKE_ADMIN_PASSWORD: 'The owner’s password, for the same.',
      TURNPIKE_INITIAL_API_KEY: 'The owner’s first key, instead of one made by chance.',
      TURNPIKE_SMTP_URL:
        'The mail server. Without one, letters are files in the data folder, which you can hand on.',
      TURNPIKE_MAIL_FROM: 'Whom letters are from.',
      TURNPIKE_LOG_LEVEL: 'How much is logged: info, warn or error.',
      TURNPIKE_LOG_SAMPLE: 'The share of requests that went well that is logged, 0 to 1. Others always are.',
      TURNPIKE_METRICS_TOKEN: 'Whoever sends it may read /metrics from another machine.',
      TURNPIKE_GRACE_SECONDS: 'How long open answers may go on when the server is told to stop.',
    } as Readonly<Record<string, string>>,
  },
};

export type SettingsWords = typeof en;
