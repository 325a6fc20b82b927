export const en = {
  title: 'Limits and alerts',
  lead: (team: string) => `How fast ${team} may call, and when it wants to be told`,
  loading: 'Loading the limits',
  failed: 'The limits could not be loaded. They hold as before.',
  again: 'Try now',
  didNotWork:
    'The server did not answer, so nothing is known to have changed. Check the connection and try again.',
  now: 'Limits now',
  refreshed: 'looked at every 3 seconds',
  off: 'Limits of requests and tokens are switched off on this server. Credit is not.',
  noModels: { title: 'No models', text: 'Limits are of models, and none is offered here yet.' },
  model: 'Model',
  limits: {
    requestsPerSecond: 'per second',
    requestsPerMinute: 'per minute',
    requestsPerHour: 'per hour',
    tokensPerMinute: 'tokens per minute',
    requestsInFlight: 'at once',
  },
  left: (left: string, most: string) => `${left} of ${most} left`,
  unlimited: 'no limit',
  note: 'Left of each window, as this server has counted. A call that is early by a moment waits up to 2\u00a0s in line; any other is refused and told when to come back.',
  keysHave: (number: number) =>
    number === 0
      ? 'No key has limits of its own.'
      : number === 1
        ? 'One key has limits of its own besides.'
        : `${number} keys have limits of their own besides.`,
  keys: 'Limits of keys',
  alerts: 'Alerts',
  alertsLead:
    'A line for the balance or for a day’s spending. When it is crossed, the home page says so to everyone in the team.',
  letterLead: 'Owners and billing get a letter too, where you want one.',
  noMail: 'This server has no mail server, so it sends no letters.',
  byLetter: 'By letter to owners and billing',
  letterOf: (alert: string) => `By letter to owners and billing: ${alert}`,
  alertsFailed: 'The alerts could not be loaded.',
  noAlerts: 'There are no alerts yet.',
  kinds: {
    'balance-below': (amount: string) => `Balance below ${amount}`,
    'spent-in-a-day': (amount: string) => `More than ${amount} spent in a day`,
  },
  kindNames: { 'balance-below': 'Balance below', 'spent-in-a-day': 'Spent in a day above' },
  nowIs: {
    'balance-below': (amount: string) => `${amount} available now`,
    'spent-in-a-day': (amount: string) => `${amount} spent today (UTC)`,
  },
  states: { crossed: 'Crossed', quiet: 'Not crossed', off: 'Off' },
  turnOn: (alert: string) => `Watch: ${alert}`,
  remove: (alert: string) => `Remove: ${alert}`,
  removed: (alert: string) => `Removed: ${alert}.`,
  undo: 'Undo',
  add: {
    kind: 'Alert',
    amount: 'Amount in dollars',
    submit: 'Add alert',
    busy: 'Adding…',
    badAmount: 'An amount is like 5 or 0.50, and above zero.',
  },
  cannot: 'Alerts are drawn by the owners, administrators and billing managers of this team.',
};

export type LimitsWords = typeof en;
