import type { ChannelState } from '../channels/channel-health.ts';
import type { Concern } from './concerns.ts';

const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

export const en = {
  title: 'Overview',
  lead: 'The whole installation. Days begin at midnight UTC.',
  loading: 'Loading the overview',
  failed: 'The overview could not be loaded.',
  again: 'Try now',
  none: '—',
  attention: {
    label: 'What needs attention',
    nothing: 'Nothing needs attention.',
    channelFailing: (name: string, failed: number, all: number): string =>
      all === 1
        ? `${name} is failing: its last request got no answer.`
        : `${name} is failing: ${failed.toLocaleString('en')} of its last ${all.toLocaleString('en')} requests got no answer.`,
    modelUnanswered: (names: string) => `No channel answers ${names} now.`,
    modelUnpriced: (names: string) => `${names} has no price now, so it cannot be called.`,
    booksWrong: (findings: number) =>
      `The last audit of the books has ${count(findings, 'finding', 'findings')}.`,
    auditFailed: 'The last audit of the books could not be finished.',
    diskLow: (free: string, percent: string) =>
      `The disk is nearly full: ${free} free, ${percent} % of it. When it is full, paid calls are turned away.`,
    backupFailed: 'The last backup could not be made.',
    backupNone: 'There is no backup yet.',
    backupOld: (moment: string) => `The latest backup is of ${moment}.`,
    places: {
      'channel-failing': 'Channels',
      'model-unanswered': 'Channels',
      'model-unpriced': 'Prices',
      'books-wrong': 'Ledger',
      'audit-failed': 'Ledger',
      'disk-low': 'Backups',
      'backup-failed': 'Backups',
      'backup-old': 'Backups',
    } satisfies Record<Concern['kind'], string>,
  },
  charged: 'Charged today',
  yesterday: (amount: string) => `${amount} yesterday`,
  requests: 'Requests today',
  failedOf: (failed: number, open: number) =>
    `${failed.toLocaleString('en')} failed · ${open.toLocaleString('en')} under way`,
  tokens: 'Tokens today',
  inAndOut: (input: string, output: string) => `${input} in · ${output} out`,
  credit: 'Credit outstanding',
  noneHeld: 'none of it held',
  held: (amount: string) => `of it ${amount} held`,
  days: 'Last 14 days',
  measure: 'What is drawn',
  measures: { cost: 'Charges', tokens: 'Tokens', requests: 'Requests' },
  chart: (measure: string) => `${measure} of the last 14 days, by model`,
  time: 'Day',
  others: 'Others',
  total: 'Total',
  noRequests: {
    title: 'No requests in 14 days',
    text: 'What every team asks and is charged will be drawn here, by day and model.',
  },
  heads: {
    model: 'Model',
    requests: 'Requests',
    failed: 'Refused, failed',
    inputTokens: 'Tokens in',
    outputTokens: 'Tokens out',
    charged: 'Charged',
    channel: 'Channel',
    day: 'Last 24 hours',
    answered: 'Answered, 24 h',
    month: 'Charged this month',
  },
  noModel: 'unknown name',
  phoneLine: (requests: string, tokens: string) => `${requests} requests · ${tokens} tokens`,
  channels: {
    title: 'Channels',
    all: 'All channels',
    none: 'No channel is connected.',
    states: {
      open: 'Open',
      failing: 'Failing',
      quiet: 'No requests',
      off: 'Off',
    } satisfies Record<ChannelState, string>,
    hours: (answered: number, failed: number) =>
      `Last 24 hours: ${count(answered, 'request', 'requests')} answered, ${failed.toLocaleString('en')} failed`,
  },
  machine: {
    title: 'Installation',
    people: 'People',
    teams: 'Shared teams',
    version: 'Version',
    uptime: 'Up',
    lasted: (days: number, hours: number, minutes: number) =>
      days > 0
        ? `${count(days, 'day', 'days')} ${hours} h`
        : hours > 0
          ? `${hours} h ${minutes} min`
          : `${minutes} min`,
    since: (moment: string) => `since ${moment}`,
    database: 'Database',
    engines: { sqlite: 'SQLite', postgres: 'PostgreSQL', memory: 'In memory' } as Readonly<
      Record<string, string>
    >,
    elsewhere: 'on a server of its own',
    disk: 'Disk',
    free: (free: string) => `${free} free`,
    of: (size: string) => `of ${size}`,
    audit: 'Last audit',
    auditNever: 'none since the start',
    auditRunning: 'running',
    auditGood: 'in order',
    auditBad: (findings: number) => count(findings, 'finding', 'findings'),
    auditFailed: 'not finished',
    backup: 'Last backup',
    backupNone: 'none',
  },
};

export type OverviewWords = typeof en;
