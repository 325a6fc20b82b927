export const en = {
  title: 'Usage',
  span: (from: string, to: string, step: 'hour' | 'day') =>
    `${from === to ? from : `${from} – ${to}`} · ${step === 'day' ? 'days begin at midnight UTC' : 'hours in your time zone'}`,
  loading: 'Loading usage',
  failed: 'Usage could not be loaded.',
  again: 'Try now',
  range: 'Range',
  ranges: {
    day: 'Last 24 hours',
    week: 'Last 7 days',
    fortnight: 'Last 14 days',
    month: 'Last 30 days',
    quarter: 'Last 90 days',
  },
  groupBy: 'Group by',
  by: { model: 'By model', key: 'By key', person: 'By person' },
  groups: { model: 'Model', key: 'Key', person: 'Person' },
  step: 'Step',
  steps: { hour: 'Hours', day: 'Days' },
  measure: 'Figure',
  measures: { cost: 'Cost', tokens: 'Tokens', requests: 'Requests' },
  showAll: (name: string) => `Only ${name} is shown. Show all again.`,
  heads: {
    cost: 'Cost',
    requests: 'Requests',
    failed: 'Refused, failed',
    firstToken: 'First token, median',
    inputTokens: 'Tokens in',
    outputTokens: 'Tokens out',
    share: 'Share',
  },
  phoneLine: (requests: string, input: string, output: string) =>
    `${requests} req · ${input} in, ${output} out`,
  chart: (measure: string, by: string) => `${measure}, ${by.toLowerCase()}`,
  time: 'Time',
  others: 'Others',
  total: 'Total',
  none: '—',
  nameless: { model: 'No such model', key: 'A key that is gone', person: 'Somebody who is gone' },
  keyless: { console: 'Console', chat: 'Chat' },
  empty: {
    title: 'No requests in this time',
    text: 'Every request that a key, the chat or the console makes is counted here within seconds.',
  },
};

export type UsageWords = typeof en;
