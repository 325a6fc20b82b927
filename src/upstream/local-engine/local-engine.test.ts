import { afterAll, expect, test } from 'bun:test';
import { tmpdir } from 'node:os';
import type { Clock } from '../../ports/clock.ts';
import { UpstreamError } from '../upstream.ts';
import { type LocalEngine, startLocalEngine } from './local-engine.ts';

const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop();
});

const realClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** An engine whose process answers as the script says; the one that runs a model is tried in `test/`. */
async function start(answer: string, log: string[] = []): Promise<LocalEngine> {
  const script = `
    let token;
    process.stdin.once('data', (line) => {
      token = JSON.parse(line).token;
    });
    const server = require('http').createServer(async (request, response) => {
      let body = '';
      for await (const piece of request) body += piece;
      const isRight = request.headers.authorization === 'Bearer ' + token;
      if (!isRight) return response.writeHead(401).end();
      ${answer}
    });
    server.listen(0, '127.0.0.1', () =>
      console.log(JSON.stringify({ ready: true, port: server.address().port, contextTokens: 64 })));
  `;
  const note = (event: string, facts?: object) => void log.push(`${event} ${JSON.stringify(facts)}`);
  const engine = await startLocalEngine({
    engineDir: tmpdir(),
    environment: process.env,
    weightsPath: 'weights.gguf',
    modelName: 'Small-Model',
    clock: realClock,
    log: { info: note, warn: note, error: note },
    childCommand: [process.execPath, '-e', script],
  });
  stops.push(() => engine.stop());
  return engine;
}

const send = (engine: LocalEngine, signal = new AbortController().signal) =>
  engine.send({ body: '{"messages":[]}', stream: false, signal });
const reasonOf = (sent: Promise<unknown>) =>
  sent.then(
    () => 'none',
    (error: unknown) => (error instanceof UpstreamError ? error.reason : `not an UpstreamError: ${error}`),
  );

test('it is a text upstream that answers under the real name of its model', async () => {
  const engine = await start(`response.setHeader('x-a', 'b'); response.end(request.url + body);`);
  expect(engine).toMatchObject({
    kind: 'local',
    simulated: false,
    inputModalities: ['text'],
    contextTokens: 64,
  });
  expect(engine.upstreamModel('grok-beta')).toBe('Small-Model');
  const response = await send(engine);
  expect([response.status, response.header('x-a')]).toEqual([200, 'b']);
  expect(await new Response(response.body).text()).toBe('/chat/completions{"messages":[]}');
});

test('counting and taking apart are asked of the engine; a refusal or nonsense is an upstream error', async () => {
  const engine = await start(`
    if (request.url === '/count') response.end(JSON.stringify({ tokens: JSON.parse(body).messages.length }));
    else if (body.includes('nonsense')) response.end('{"tok');
    else if (body.includes('refused')) response.writeHead(400).end('{}');
    else response.end(JSON.stringify({ tokens: [{ id: 1, text: 'a', bytes: [97] }] }));
  `);
  expect(await engine.countPrompt({ model: 'm', messages: [{ role: 'user', content: 'a' }] })).toBe(1);
  expect(await engine.tokenize('a')).toEqual([{ id: 1, text: 'a', bytes: [97] }]);
  expect(await reasonOf(engine.tokenize('nonsense'))).toBe('broken');
  expect(await reasonOf(engine.tokenize('refused'))).toBe('broken');
});

test('a call that is ended here is told apart, before the head and while the body is read', async () => {
  const silent = await start('');
  const caller = new AbortController();
  const sent = reasonOf(send(silent, caller.signal));
  caller.abort();
  expect(await sent).toBe('aborted');

  const streaming = await start(`response.write('x');`);
  const reader = new AbortController();
  const response = await send(streaming, reader.signal);
  const body = response.body.getReader();
  await body.read();
  reader.abort();
  await expect(body.read()).rejects.toThrow();
});

test('a crash during a call is an upstream error; then the engine comes back by itself', async () => {
  const log: string[] = [];
  const engine = await start(
    `if (body.includes('die')) process.kill(process.pid, 'SIGKILL'); else response.end('well');`,
    log,
  );
  const first = engine.pid();
  const call = { stream: false, signal: new AbortController().signal };
  expect(await reasonOf(engine.send({ ...call, body: 'die' }))).toBe('reset');
  while (engine.pid() === first) await Bun.sleep(2);
  if (engine.pid() === undefined) expect(await reasonOf(send(engine))).toBe('refused');
  while (engine.pid() === undefined) await Bun.sleep(10);
  expect(await new Response((await send(engine)).body).text()).toBe('well');
  // Neither the address nor the token is anybody's business.
  expect(log.join('\n')).not.toMatch(/127\.0\.0\.1|[0-9a-f]{64}/);
});

test('after its end every call is refused', async () => {
  const engine = await start(`response.end('well');`);
  await engine.stop();
  expect(await reasonOf(send(engine))).toBe('refused');
  expect(await reasonOf(engine.countPrompt({ model: 'm', messages: [] }))).toBe('refused');
});
