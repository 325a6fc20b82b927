import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { callControl } from './call-control.ts';
import type { JsonValue } from './commands/json-value.ts';
import { serveControl } from './control-socket.ts';

const DEADLINE_MS = 5_000;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'turnpike-control-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const echo = (run: (request: JsonValue) => Promise<unknown> = async (request) => ({ echo: request })) =>
  serveControl({ dataDir: folder, run });

test('a command goes to the server and its answer comes back', async () => {
  expect(await callControl(folder, 'x', DEADLINE_MS)).toEqual({ kind: 'no-server' });
  const server = echo();
  const request = { command: 'users create', input: { name: '亚瑟 "x"\n' } };
  expect(await callControl(folder, request, DEADLINE_MS)).toEqual({
    kind: 'answered',
    answer: { echo: request },
  });
  await server.close();
  expect(readdirSync(folder)).toEqual([]);
  expect(await callControl(folder, 'x', DEADLINE_MS)).toEqual({ kind: 'no-server' });
});

test('only its owner can open the socket', async () => {
  const server = echo();
  expect(lstatSync(join(folder, 'control.sock')).mode & 0o777).toBe(0o600);
  await server.close();
});

test('a folder whose path is too long for a socket gets one elsewhere, just as private', async () => {
  const deep = join(folder, 'd'.repeat(120));
  mkdirSync(deep);
  const server = serveControl({ dataDir: deep, run: async (request) => request });
  expect(await callControl(deep, 'hello', DEADLINE_MS)).toEqual({ kind: 'answered', answer: 'hello' });
  const elsewhere = readFileSync(join(deep, 'control.path'), 'utf8').trim();
  expect(lstatSync(elsewhere).mode & 0o777).toBe(0o600);
  expect(lstatSync(dirname(elsewhere)).mode & 0o777).toBe(0o700);
  await server.close();
  expect(readdirSync(deep)).toEqual([]);
  expect(existsSync(dirname(elsewhere))).toBe(false);
});

test('the socket of a server that was killed is no server, and is replaced', async () => {
  const serve = `
    import { serveControl } from ${JSON.stringify(join(import.meta.dir, 'control-socket.ts'))};
    serveControl({ dataDir: process.argv.at(-1), run: async () => 'old' });
    process.kill(process.pid, 'SIGKILL');
  `;
  await Bun.spawn([process.execPath, '-e', serve, folder]).exited;
  expect(lstatSync(join(folder, 'control.sock')).isSocket()).toBe(true);
  expect(await callControl(folder, 'x', DEADLINE_MS)).toEqual({ kind: 'no-server' });
  const server = echo(async () => 'new');
  expect(await callControl(folder, 'x', DEADLINE_MS)).toEqual({ kind: 'answered', answer: 'new' });
  await server.close();
});

test('what is too large or no JSON is not run', async () => {
  let runs = 0;
  const server = echo(async () => {
    runs += 1;
    return null;
  });
  expect(await callControl(folder, 'x'.repeat(2 * 1024 * 1024), DEADLINE_MS)).toEqual({ kind: 'not-taken' });
  const raw = await fetch('http://turnpike/', {
    unix: join(folder, 'control.sock'),
    method: 'POST',
    body: '{',
  });
  expect(raw.status).toBe(400);
  expect(runs).toBe(0);
  await server.close();
});

test('a caller who waits in vain is told that the outcome is unknown', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const server = echo(() => promise);
  expect(await callControl(folder, 'x', 50)).toEqual({ kind: 'unknown' });
  resolve();
  await server.close();
});

test('closing lets a command that runs finish', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const server = echo(() => {
    begin();
    return promise;
  });
  const reply = callControl(folder, 'x', DEADLINE_MS);
  await begun;
  const closed = server.close();
  resolve('done');
  expect(await reply).toEqual({ kind: 'answered', answer: 'done' });
  await closed;
});

test('more commands at once than a person sends are turned away', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const server = echo(() => promise);
  const calls = Array.from({ length: 40 }, () => callControl(folder, 'x', DEADLINE_MS));
  // While none of the 32 that run is answered, exactly the other 8 are.
  const early: string[] = [];
  await new Promise<void>((enough) => {
    for (const call of calls) call.then(({ kind }) => early.push(kind) === 8 && enough());
  });
  expect(early).toEqual(Array(8).fill('not-taken'));
  resolve('done');
  const kinds = (await Promise.all(calls)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'answered')).toHaveLength(32);
  await server.close();
});
