import { Browser } from '../fakes/browser.ts';
import { type RunningServer, startServer } from '../fakes/running-server.ts';

const EMAIL = 'yue@example.com';
const PASSWORD = 'a towel is about the most useful thing';

export interface InhabitedServer {
  readonly server: RunningServer;
  /** The operator's session, as a browser sends it. */
  readonly cookie: string;
  /** What stands for the parameters of addresses, such as `:personId`. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A server as it looks after a while: people, keys, answered and refused requests, codes, a notice. */
export async function inhabitedServer(): Promise<InhabitedServer> {
  const server = await startServer({ TURNPIKE_ADMIN_EMAIL: EMAIL, TURNPIKE_ADMIN_PASSWORD: PASSWORD });
  const browser = new Browser(server.url);
  const make = async (path: string, body: unknown) => {
    const response = await browser.post(path, body);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    // biome-ignore lint/suspicious/noExplicitAny: answers of every shape are looked into.
    return (await response.json()) as any;
  };
  await make('/api/auth/sign-in/email', { email: EMAIL, password: PASSWORD });
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  const me: any = await (await browser.get('/api/v1/me')).json();
  const team = `/api/v1/teams/${me.teams[0].id}`;
  await make(`${team}/keys`, { name: 'LibreChat' });
  await make(`${team}/keys`, {
    name: 'A nightly job with rather a long name, <b>markup</b> & 中文',
    spendLimits: { perDayTicks: '10000000000' },
    limits: { requestsPerMinute: 20 },
  });
  const person = await make('/api/v1/operator/people', {
    ...{ name: '王小明', email: 'xiaoming@example.com' },
  });
  await make('/api/v1/operator/codes', { amountTicks: '50000000000', count: 3 });
  const say = (model: string, content: string, stream = false) =>
    server.post('/v1/chat/completions', { model, stream, messages: [{ role: 'user', content }] });
  let requestId = '';
  for (const [index, model] of ['grok-beta', 'grok-vision-beta', 'grok-beta', 'no-such-model'].entries()) {
    const response = await say(model, `Tell me of the ${index}th toll road.`, index === 2);
    await response.text();
    if (index === 0) requestId = response.headers.get('x-request-id') ?? '';
  }
  const { chatId } = await make('/api/v1/chat/conversations', {
    ...{
      teamId: me.teams[0].id,
      model: 'grok-beta',
      text: 'How long is the road, **and** what is <b>due</b>?',
    },
  });
  return {
    server,
    cookie: browser.cookie,
    parameters: { personId: person.id, requestId, modelId: 'grok-beta', chatId },
  };
}
