import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '../../test/fakes/manual-clock.ts';
import { acquireDataLock, isHeld, waitForDataLock } from './data-lock.ts';

const HOLDER = `
  import { acquireDataLock } from ${JSON.stringify(join(import.meta.dir, 'data-lock.ts'))};
  const lock = await acquireDataLock(process.argv.at(-1));
  // What nobody refers to is collected; the lock must hold all the same.
  Bun.gc(true);
  console.log('heldBy' in lock ? 'busy' : 'locked');
  setInterval(() => Bun.gc(true), 10);
`;

let folder = '';
const children: Bun.Subprocess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'turnpike-lock-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
    await child.exited;
  }
  rmSync(folder, { recursive: true });
});

async function startHolder() {
  const child = Bun.spawn([process.execPath, '-e', HOLDER, folder], { stdout: 'pipe', stderr: 'inherit' });
  children.push(child);
  const { value } = await child.stdout.getReader().read();
  return { child, said: new TextDecoder().decode(value).trim() };
}

test('one process has the lock; when it is killed, the next has it', async () => {
  const { child, said } = await startHolder();
  expect(said).toBe('locked');
  expect(await acquireDataLock(folder)).toEqual({ heldBy: child.pid });
  expect((await startAndStop()).said).toBe('busy');

  child.kill('SIGKILL');
  await child.exited;
  const lock = await acquireDataLock(folder);
  if (isHeld(lock)) throw new Error('the lock outlived its process');
  expect((await startAndStop()).said).toBe('busy');
  lock.release();
  expect((await startAndStop()).said).toBe('locked');
});

async function startAndStop() {
  const { child, said } = await startHolder();
  child.kill('SIGKILL');
  await child.exited;
  return { said };
}

test('one process cannot have it twice, and trying does not lose it', async () => {
  const lock = await acquireDataLock(folder);
  expect(await acquireDataLock(folder)).toEqual({ heldBy: process.pid });
  expect((await startAndStop()).said).toBe('busy');
  if (!isHeld(lock)) lock.release();
});

test('whoever waits has the lock once its holder is gone, and no later than told hears who has it', async () => {
  const clock = new ManualClock();
  const { child } = await startHolder();
  const refused = waitForDataLock(clock, folder, 1000);
  const waiting = waitForDataLock(clock, folder, 60_000);
  await clock.advance(1000);
  expect(await refused).toEqual({ heldBy: child.pid });

  child.kill('SIGKILL');
  await child.exited;
  await clock.advance(1000);
  const lock = await waiting;
  if (isHeld(lock)) throw new Error('the lock outlived its process');
  lock.release();
});

test('nobody else can read its files', async () => {
  const lock = await acquireDataLock(folder);
  for (const name of ['turnpike.lock', 'turnpike.pid']) {
    expect(existsSync(join(folder, name))).toBe(true);
    expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  }
  if (!isHeld(lock)) lock.release();
});

test('a folder that is not there is an error, not a lock', () => {
  expect(acquireDataLock(join(folder, 'nowhere'))).rejects.toThrow();
});
