import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { event, HELLO, openTestGateway, readEventsOf, wholeAnswer } from '../fakes/test-gateway.ts';

/** What people write is text: for the database, for a template, for a shell, for whatever reads it next. */

const HOSTILE = [
  "' OR '1'='1",
  "'; DROP TABLE api_keys; --",
  '" OR ""="',
  '1; SELECT pg_sleep(10)',
  'x\\',
  '%%%___%%%',
  '$1 ? :name @name',
  '{{token}} {{constructor.constructor("return process")()}}',
  `\${HOME} \${process.env.TURNPIKE_UPSTREAM_KEY} $(id) \`id\``,
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '\u202e\u0000\u001b[2J',
  'constructor',
  '__proto__',
  'toString',
];

describe('on the shipped server', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ TURNPIKE_LIMITS: 'off' });
  });
  afterAll(() => stopServer(server));

  test('in a key, a model, a path: an error in words, never one of ours', async () => {
    for (const text of HOSTILE) {
      const ascii = text.replaceAll(/[^\x20-\x7e]/g, '?');
      const answers = await Promise.all([
        server.post('/v1/chat/completions', HELLO, { authorization: `Bearer ${ascii}` }),
        server.post('/v1/chat/completions', HELLO, { authorization: `Bearer xai-${ascii}` }),
        server.post('/v1/chat/completions', { ...HELLO, model: text }),
        server.fetch(`/v1/models/${encodeURIComponent(text)}`, {
          headers: { authorization: `Bearer ${server.key}` },
        }),
        server.post('/v1/tokenize-text', { model: text, text }),
      ]);
      for (const answer of answers) {
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
        expect(answer.headers.get('content-type')).toStartWith('application/json');
      }
    }
    expect(server.log()).not.toContain('assertion-broken');
  });

  test('in a name and a cursor of the command line', async () => {
    const names = [HOSTILE.slice(1, 4).join(' '), HOSTILE.slice(4, 7).join(' ')];
    for (const name of names) await server.turnpike('keys', 'create', name);
    const listed = JSON.stringify(await server.turnpike('keys', 'list'));
    for (const name of names) expect(listed).toContain(JSON.stringify(name));
    const cursor = await server.run(
      'usage',
      'requests',
      '--cursor',
      "' OR 1=1; DROP TABLE requests",
      '--json',
    );
    expect(cursor.exitCode).not.toBe(0);
    expect(((await server.turnpike('audit')) as { findings: unknown[] }).findings).toEqual([]);
  }, 60_000);
});

describe('in a message', () => {
  test.each(HOSTILE)('%j goes to the upstream and comes back as it is', async (text) => {
    const world = await openTestGateway();
    world.upstream.onCall = (call) => {
      if (call.body.stream !== true) return call.answer(200, wholeAnswer(text));
      call.respond(200);
      call.write(`${event({ content: text }, {}, 'stop')}data: [DONE]\n\n`);
      call.end();
    };
    const body = { ...HELLO, messages: [{ role: 'user', content: text }], user: text, metadata: { a: text } };
    const whole = await world.ask(body);
    expect(JSON.parse(String(whole.body)).choices[0].message.content).toBe(text);
    const [first] = await readEventsOf((await world.ask({ ...body, stream: true })).body);
    expect(first.choices[0].delta.content).toBe(text);
    for (const call of world.upstream.calls) {
      expect(call.body).toMatchObject({ messages: body.messages, user: text, metadata: { a: text } });
    }
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });
});
