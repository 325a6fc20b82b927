import type { Channel } from '../../../src/http/api/wire/operator-channels.ts';

const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

export const en = {
  title: 'Channels',
  lead: (open: number, off: number) =>
    `Where answers come from. ${open} on${off === 0 ? '' : `, ${off} off`}.`,
  connect: 'Connect a model',
  loading: 'Loading channels',
  failed: 'The channels could not be loaded.',
  again: 'Try now',
  didNotWork: 'That did not work. Check the connection and try again.',
  empty: {
    title: 'No channel yet',
    text: 'Until a model is connected, the simulator answers, or the model on this machine if there is one.',
  },
  heads: {
    channel: 'Channel',
    day: 'Last 24 hours',
    models: 'Models',
    firstToken: 'First token',
    firstTokenHint: 'median · p95',
    answered: 'Answered',
    answeredHint: '24 h',
    charged: 'Charged',
    chargedHint: 'this month',
    actions: 'What can be done',
  },
  kinds: {
    'openai-compatible': 'OpenAI',
    simulator: 'Simulator',
    local: 'This machine',
  } satisfies Record<Channel['kind'], string>,
  builtIn: 'built in',
  all: 'every model',
  more: (number: number) => `, ${number} more`,
  states: { open: 'Open', failing: 'Failing', quiet: 'No requests', off: 'Off' },
  hours: (answered: number, failed: number) =>
    `Last 24 hours: ${count(answered, 'request', 'requests')} answered, ${failed.toLocaleString('en')} failed`,
  none: '—',
  fails: (failed: number, all: number): string =>
    all === 1
      ? 'is failing: its last request got no answer.'
      : `is failing: ${failed.toLocaleString('en')} of its last ${all.toLocaleString('en')} requests got no answer.`,
  failsAlone: (models: string) => `No other channel answers ${models}.`,
  testingAll: {
    action: 'Test all',
    title: 'Test all channels',
    waiting: 'waiting',
    now: 'asking…',
  },
  menu: (name: string) => `More about ${name}`,
  test: 'Test',
  edit: 'Edit',
  turnOff: 'Turn off',
  turnOn: 'Turn on',
  remove: 'Remove',
  close: 'Close',
  testing: {
    title: (name: string) => `Test ${name}`,
    model: 'Model',
    prompt: 'Prompt',
    usual: 'Say hello in five words.',
    hint: 'One small call past limits and ledger. Nobody is charged here; the upstream may charge you.',
    send: 'Send',
    sending: 'Sending…',
    said: 'It said',
    failed: 'No answer',
    line: (duration: string, input: number | null, output: number | null) =>
      [duration, input === null || output === null ? '' : `${input} + ${output} tokens`]
        .filter((part) => part !== '')
        .join(' · '),
  },
  editing: {
    title: (name: string) => `Edit ${name}`,
    name: 'Name',
    address: 'Base URL',
    key: 'Key',
    keyKept: 'The key is kept. Type a new one to replace it.',
    keyNone: 'It has no key.',
    models: 'Models',
    modelsHint: 'The model as callers name it, * for every model, and what it is called there.',
    routeModel: (row: number) => `Model ${row}`,
    routeModelHint: 'grok-beta',
    routeThere: (row: number) => `What model ${row} is called there`,
    routeThereHint: 'the same',
    addRoute: 'Add a model',
    removeRoute: (row: number) => `Take away model ${row}`,
    images: 'It takes images',
    context: 'Context in tokens',
    contextHint: 'Leave it empty when it is not known.',
    priority: 'Priority',
    priorityHint:
      'Of several channels for a model the highest number is asked first; the next answers when it fails.',
    save: 'Save',
    saving: 'Saving…',
  },
  removing: {
    title: (name: string) => `Remove ${name}?`,
    text: (requests: number) =>
      `It answered ${count(requests, 'request', 'requests')} in the last 24 hours. Models that only it answers will have no answer. What it answered stays in the books.`,
    keep: 'Keep it',
    remove: 'Remove channel',
  },
};

export type ChannelWords = typeof en;
