import { en as requestTable } from '../requests/table-words.en.ts';

export const en = {
  title: (name: string) => `Hello, ${name}`,
  baseUrl: 'Base URL',
  copy: 'Copy the base URL',
  copied: 'Copied',
  loading: 'Loading the figures',
  failed: 'The figures of this team could not be loaded. Nothing was changed.',
  again: 'Try now',
  balance: 'Balance',
  ofCredit: (granted: string) => `of ${granted} credit`,
  pace: (days: number) => (days === 1 ? 'about a day at this pace' : `about ${days} days at this pace`),
  spent: 'Spent today',
  usual: (amount: string) => `Usually ${amount} by now`,
  noUsual: 'No days before to compare with',
  requests: 'Requests today',
  outcome: (answered: number, failed: number) =>
    failed === 0 ? `${answered} answered` : `${answered} answered, ${failed} refused or failed`,
  utc: 'Days begin at midnight UTC',
  limits: 'Limits left',
  context: (tokens: string) => `${tokens} context`,
  limit: {
    requestsPerSecond: 'per second',
    requestsPerMinute: 'per minute',
    requestsPerHour: 'per hour',
    tokensPerMinute: 'tokens per minute',
    requestsInFlight: 'at once',
  },
  limitNote: 'A call that is early by a moment waits up to 2 s in line instead of failing.',
  latest: 'Latest requests',
  empty: {
    title: 'No request yet',
    text: 'Each request of this team will stand here with its tokens and its cost.',
  },
  allRequests: 'All requests',
  requestTable,
};

export type HomeWords = typeof en;
