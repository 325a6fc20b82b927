/** The tools of the bench measure what they say: a bench that counts wrong is worse than none. */
import { afterAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPrograms } from './load/build-programs.ts';
import { startMock } from './load/mock-upstream.ts';
import { requestBody } from './load/request-body.ts';
import { faultsOf, type LoadResult, runLoad, type Target } from './load/run-load.ts';
import { divideCores } from './machine/cores.ts';
import { cpuBetween, readCpu } from './machine/process-cpu.ts';
import { Workbench } from './machine/workbench.ts';
import { figure, spreadOf, spreadText } from './spread.ts';

const why =
  process.platform !== 'linux' ? 'needs Linux' : Bun.which('cc') === null ? 'cc is not installed' : '';
const named = (name: string) => (why === '' ? name : `${name} (${why})`);

const bench = why === '' ? new Workbench() : undefined;
afterAll(() => bench?.clear());

/** The two C programs, freshly built, and the mock under way. */
async function tools() {
  if (bench === undefined) throw new Error(why);
  const programs = await buildPrograms(bench, bench.makeFolder('programs'));
  const mock = await startMock(bench, programs.mock);
  const target: Target = { port: mock.port, path: '/v1/chat/completions', headers: [], model: 'mock' };
  return { bench, programs, mock, target };
}

test.skipIf(why !== '')(named('mock and load generator agree on every answer, chunk and token'), async () => {
  const { bench, programs, mock, target } = await tools();
  const limitSeconds = 10;
  const whole = await runLoad(bench, programs.load, target, {
    connections: 8,
    requests: 300,
    sizeBytes: 100_000,
    limitSeconds,
  });
  expect(whole).toMatchObject({ good: 300, badStatus: 0, incomplete: 0, badConnection: 0, unfinished: 0 });
  const streams = await runLoad(bench, programs.load, target, {
    connections: 20,
    requests: 40,
    stream: { chunks: 7, intervalMs: 2 },
    limitSeconds,
  });
  expect(streams).toMatchObject({ good: 40, chunks: 280, incomplete: 0 });
  expect(await mock.served()).toMatchObject({
    streams: 40,
    promptTokens: 340 * 32,
    completionTokens: 300 * 64 + 40 * 14,
    hangUps: 0,
  });
  await mock.stop();
});

test.skipIf(why !== '')(named('only whole answers are good'), async () => {
  const { bench, programs, mock, target } = await tools();
  const body = join(bench.makeFolder('body'), 'body.json');
  writeFileSync(body, requestBody({ model: 'mock', stream: { chunks: 3, intervalMs: 0 } }));
  const load = async (port: number, ...words: string[]) =>
    JSON.parse(
      await bench.run([
        programs.load,
        '--port',
        `${port}`,
        '--body',
        body,
        '--requests',
        '2',
        '--limit-s',
        '5',
        ...words,
      ]),
    ) as LoadResult;

  expect(await load(mock.port, '--stream', '3')).toMatchObject({ good: 2, chunks: 6 });
  expect(await load(mock.port, '--stream', '4')).toMatchObject({ good: 0, incomplete: 2 });
  const refusing = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: () => new Response('no', { status: 500 }),
  });
  expect(await load(refusing.port ?? 0)).toMatchObject({
    good: 0,
    badStatus: 2,
    firstFault: 'status 500 no',
  });
  await refusing.stop(true);
  const hollow = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => Response.json({ choices: [] }) });
  expect(await load(hollow.port ?? 0)).toMatchObject({ good: 0, incomplete: 2 });
  await hollow.stop(true);
  await mock.stop();
  const gone = await runLoad(bench, programs.load, target, { connections: 2, requests: 2, limitSeconds: 5 });
  expect(gone).toMatchObject({ good: 0, badConnection: 2 });
  expect(faultsOf(gone)).toBe(2);
});

test('a body has the size that was asked for', () => {
  for (const sizeBytes of [256, 10_000, 100_000]) {
    expect(requestBody({ model: 'grok-beta', sizeBytes })).toHaveLength(sizeBytes);
    const stream = { chunks: 100, intervalMs: 20 };
    expect(JSON.parse(requestBody({ model: 'grok-beta', sizeBytes, stream }))).toMatchObject({
      stream: true,
    });
  }
});

test.skipIf(process.platform !== 'linux')('CPU time is what the system counted', () => {
  const own = process.cpuUsage();
  const before = readCpu(process.pid);
  while (process.cpuUsage(own).user + process.cpuUsage(own).system < 40_000);
  const { totalNs, byThread } = cpuBetween(before, readCpu(process.pid));
  expect(totalNs).toBeGreaterThan(35_000_000);
  expect(Object.values(byThread).reduce((sum, used) => sum + used, 0)).toBeLessThanOrEqual(totalNs);
});

test('the gateway gets a core of its own where there are two', () => {
  const allowed = (list: string) => divideCores(`Name:\tx\nCpus_allowed_list:\t${list}\n`);
  expect(allowed('0-1')).toEqual({ gateway: '1', others: '0', separate: true });
  expect(allowed('0-2,8')).toEqual({ gateway: '8', others: '0,1,2', separate: true });
  expect(allowed('3')).toEqual({ gateway: '3', others: '3', separate: false });
});

test('medians and ranges', () => {
  expect(spreadOf([30, null, 10, 20])).toEqual({ median: 20, least: 10, most: 30, count: 3 });
  expect(spreadOf([1, 2])?.median).toBe(1.5);
  expect(spreadOf([undefined])).toBeUndefined();
  expect(spreadText(spreadOf([212.4, 198, 240]))).toBe('212 (198–240)');
  expect([4.26, 42.6, 426, 42_600].map(figure)).toEqual(['4.3', '43', '426', '42,600']);
});
