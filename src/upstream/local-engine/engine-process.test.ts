import { afterEach, expect, test } from 'bun:test';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EngineProcess, EngineStartError, startEngineProcess } from './engine-process.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A process that behaves as the script says, in the place of the one that runs a model. */
async function start(script: string, startDeadlineMs = 10_000, signal?: AbortSignal): Promise<EngineProcess> {
  const engine = await startEngineProcess({
    engineDir: tmpdir(),
    environment: process.env,
    weightsPath: 'weights.gguf',
    modelName: 'model',
    startDeadlineMs,
    signal,
    stopGraceMs: 50,
    childCommand: [process.execPath, '-e', script],
  });
  stops.push(() => engine.stop());
  return engine;
}

const READY = `console.log(JSON.stringify({ ready: true, port: 4711, contextTokens: 99 }));`;
const STAY = 'process.stdin.resume(); setInterval(() => {}, 1000);';

test('an engine is there when it says so, and stops when told', async () => {
  const engine = await start(READY + STAY);
  expect(engine).toMatchObject({ origin: 'http://127.0.0.1:4711', contextTokens: 99 });
  await engine.stop();
  expect(await engine.ended).toContain('SIGTERM');
});

test('an engine that does not end when told is killed', async () => {
  const engine = await start(`process.on('SIGTERM', () => {}); ${READY} ${STAY}`);
  await engine.stop();
  expect(await engine.ended).toContain('SIGKILL');
});

const faultOf = (started: Promise<unknown>) =>
  started.then(
    () => 'none',
    (error: unknown) => (error instanceof EngineStartError ? error.fault : 'not a start error'),
  );

test('an engine that ends before it is ready is told with its last words', async () => {
  const failed = start('console.error("no such file"); process.exit(3)');
  await expect(failed).rejects.toThrow('the local engine did not start: exit code 3: no such file');
  expect(await faultOf(start('process.exit(0)'))).toBe('ended');
});

test('a start that nobody waits for any more is ended', async () => {
  const caller = new AbortController();
  const started = start(STAY, 10_000, caller.signal);
  caller.abort();
  expect(await faultOf(started)).toBe('interrupted');
});

test('an engine that is not ready in time is ended', async () => {
  await expect(start(STAY, 100)).rejects.toThrow('it was not ready after 0.1 s');
  expect(await faultOf(start(STAY, 1))).toBe('timed-out');
});

test('an engine that says something else is refused', async () => {
  await expect(start(`console.log('hello'); ${STAY}`)).rejects.toThrow('something unexpected');
  expect(await faultOf(start(`console.log('hello'); ${STAY}`))).toBe('failed');
  await expect(start(`console.log('{"ready":true}'); ${STAY}`)).rejects.toThrow('something unexpected');
});

test('a program that is not there is said in words', async () => {
  const options = {
    engineDir: tmpdir(),
    environment: {},
    weightsPath: '',
    modelName: '',
    startDeadlineMs: 1_000,
  };
  const childCommand: [string] = [join(tmpdir(), 'turnpike-no-such-program')];
  await expect(startEngineProcess({ ...options, childCommand })).rejects.toThrow('ENOENT');
});

test("the engine is told a token of its own, unseen from outside, and none of the server's variables", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'turnpike-engine-'));
  stops.push(() => rm(folder, { recursive: true }));
  const out = join(folder, 'seen.json');
  process.env.TURNPIKE_ADMIN_PASSWORD = 'secret';
  stops.push(() => delete process.env.TURNPIKE_ADMIN_PASSWORD);
  const tell = `process.stdin.once('data', (line) => {
    const seen = { settings: JSON.parse(line), outside: JSON.stringify([process.env, process.argv]) };
    require('fs').writeFileSync(${JSON.stringify(out)}, JSON.stringify(seen));
    ${READY}
  });`;
  const first = await start(tell + STAY);
  const { settings, outside } = JSON.parse(await readFile(out, 'utf8'));
  expect(settings).toMatchObject({ weightsPath: 'weights.gguf', modelName: 'model', token: first.token });
  expect(outside).not.toContain(first.token);
  expect(outside).not.toContain('secret');
  expect((await start(READY + STAY)).token).not.toBe(first.token);
});

test('the engine can tell that its parent is gone by the end of its input', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'turnpike-engine-'));
  stops.push(() => rm(folder, { recursive: true }));
  const script = `process.stdin.on('end', () => require('fs').writeFileSync(${JSON.stringify(join(folder, 'gone'))}, ''));`;
  const parent = `
    import { startEngineProcess } from ${JSON.stringify(join(import.meta.dir, 'engine-process.ts'))};
    const childCommand = [process.execPath, '-e', ${JSON.stringify(`${script} ${READY} process.stdin.resume();`)}];
    await startEngineProcess({ engineDir: '/', environment: {}, weightsPath: '', modelName: '', startDeadlineMs: 10_000, childCommand });
    process.kill(process.pid, 'SIGKILL');
  `;
  await Bun.spawn([process.execPath, '-e', parent]).exited;
  while (!existsSync(join(folder, 'gone'))) await Bun.sleep(5);
});
