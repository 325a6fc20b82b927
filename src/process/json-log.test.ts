import { expect, test } from 'bun:test';
import { PassThrough, Writable } from 'node:stream';
import { ManualClock } from '../../test/fakes/manual-clock.ts';
import { createJsonLog } from './json-log.ts';

const AT = Date.UTC(2026, 10, 22);

function openLog(least: 'info' | 'warn' | 'error' = 'info') {
  let written = '';
  const stream = new Writable({
    write(piece, _, done) {
      written += String(piece);
      done();
    },
  });
  const log = createJsonLog(stream, least, new ManualClock(AT));
  const lines = async () => {
    await turnOfTheLoop();
    return written.split('\n').filter(Boolean);
  };
  return { log, lines };
}

/** Lines are written when the turn in which they were logged is over. */
function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test('one JSON object a line, with time, level and event', async () => {
  const { log, lines } = openLog();
  log.info('request', { model: 'grok-beta', status: 200, code: null, absent: undefined });
  expect((await lines()).map((line) => JSON.parse(line))).toEqual([
    {
      time: '2026-11-22T00:00:00.000Z',
      level: 'info',
      event: 'request',
      model: 'grok-beta',
      status: 200,
      code: null,
    },
  ]);
});

test('nobody forges a line: breaks and escape sequences are escaped', async () => {
  const { log, lines } = openLog();
  log.warn('request', { model: 'a\n{"level":"error"}\r\n\u001b[31m' });
  const written = await lines();
  expect(written).toHaveLength(1);
  expect(written[0]).not.toMatch(/\p{Cc}/u);
});

test('what is below the level is left out', async () => {
  const { log, lines } = openLog('warn');
  log.info('a');
  log.warn('b');
  log.error('c');
  expect((await lines()).map((line) => JSON.parse(line).event)).toEqual(['b', 'c']);
});

test('a reader that sleeps costs a bounded number of lines, and is told how many it missed', async () => {
  const waiting: (() => void)[] = [];
  const written: string[] = [];
  const stream = Object.assign(new PassThrough(), {
    write(line: string, done: () => void) {
      written.push(line);
      waiting.push(done);
      return false;
    },
  });
  const clock = new ManualClock(AT);
  const log = createJsonLog(stream, 'info', clock);
  for (let line = 0; line < 10_500; line += 1) log.info('request');
  await turnOfTheLoop();
  expect(written.join('').split('\n')).toHaveLength(10_001);
  for (const done of waiting.splice(0)) done();
  log.info('again');
  await clock.advance(10);
  expect(JSON.parse(written.at(-1) ?? '')).toMatchObject({ event: 'again', droppedLines: 500 });
});

test('a reader that goes away takes nobody along', async () => {
  const stream = new Writable({
    write: (_, __, done) => done(Object.assign(new Error('gone'), { code: 'EPIPE' })),
  });
  const log = createJsonLog(stream, 'info', new ManualClock(AT));
  // Without a listener of the log's own, what the stream says of this would be uncaught.
  for (let line = 0; line < 3; line += 1) {
    log.info('request');
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(stream.destroyed).toBe(true);
});

test('the lines of one turn are one write, and a busy log is not written more often than each 10 ms', async () => {
  const writes: string[] = [];
  const stream = Object.assign(new PassThrough(), { write: (text: string) => writes.push(text) > 0 });
  const clock = new ManualClock(AT);
  const log = createJsonLog(stream, 'info', clock);
  const counts = () => writes.map((text) => text.split('\n').length - 1);
  for (let line = 0; line < 3; line += 1) log.info('request');
  await turnOfTheLoop();
  expect(counts()).toEqual([3]);
  for (let turn = 0; turn < 5; turn += 1) {
    log.info('request');
    await turnOfTheLoop();
  }
  expect(counts()).toEqual([3]);
  await clock.advance(10);
  expect(counts()).toEqual([3, 5]);
  await clock.advance(60_000);
  log.info('request');
  await turnOfTheLoop();
  expect(counts()).toEqual([3, 5, 1]);
});
