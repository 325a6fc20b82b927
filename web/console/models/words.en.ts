export const en = {
  title: 'Models',
  lead: 'What your keys can call now. Prices are for a million tokens.',
  loading: 'Loading the models',
  failed: 'The models could not be loaded.',
  again: 'Try now',
  empty: {
    title: 'No models are offered',
    text: 'An operator chooses what is offered. Ask one to connect a model.',
  },
  modalities: { text: 'Text', image: 'Images' },
  aliases: 'Also called',
  answeredBy: (name: string) => `Answered by ${name}`,
  simulated: 'Answered by the simulator',
  noAnswer: 'Nothing answers it now',
  context: 'Context',
  maximumOutput: 'Longest answer',
  tokens: (count: string) => `${count} tokens`,
  firstToken: 'First token, median',
  notSeen: 'No requests yet',
  p95: (time: string, requests: number) =>
    `p95 ${time}, of ${requests} ${requests === 1 ? 'request' : 'requests'}`,
  pricesHead: 'Per million tokens',
  prices: { input: 'Input', cachedInput: 'Cached input', imageInput: 'Image input', output: 'Output' },
  now: 'Now',
  from: (time: string) => `From ${time}`,
  noPrice: 'No price is set, so it cannot be called yet.',
  limits: {
    requestsPerSecond: 'Left per second',
    requestsPerMinute: 'Left per minute',
    requestsPerHour: 'Left per hour',
    tokensPerMinute: 'Tokens left per minute',
    requestsInFlight: 'Left at once',
  },
  noLimits: 'Without limits',
  limitNote: 'Limits as this server has counted them. They are shared by all keys of the team.',
};

export type ModelsWords = typeof en;
