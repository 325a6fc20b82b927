import { describe, expect, test } from 'bun:test';
import { ManualClock, settled } from '../../test/fakes/manual-clock.ts';
import { isFailure } from '../domain/failure.ts';
import { BodyReader } from './read-body.ts';

const LIMITS = { bodyBytes: 100, allBodiesBytes: 250, deadlineMs: 60_000 };

/** A request whose body is written by hand. */
function slowRequest(headers: Record<string, string> = {}) {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start(own) {
      controller = own;
    },
    cancel() {
      cancelled = true;
    },
  });
  const encoder = new TextEncoder();
  return {
    request: new Request('http://x/', { method: 'POST', body, headers }),
    write: (text: string) => controller?.enqueue(encoder.encode(text)),
    end: () => controller?.close(),
    break: () => controller?.error(new Error('reset')),
    isCancelled: () => cancelled,
  };
}

function post(body: string | Uint8Array<ArrayBuffer> | null, headers: Record<string, string> = {}) {
  return new Request('http://x/', { method: 'POST', body, headers });
}

function openReader() {
  const clock = new ManualClock();
  const reader = new BodyReader(clock, LIMITS);
  return { clock, reader, read: (request: Request) => reader.read(request) };
}

/** The text, or the status of the failure. */
async function outcome(reading: ReturnType<BodyReader['read']>): Promise<string | number> {
  const body = await reading;
  return isFailure(body) ? body.httpStatus : body.text;
}

describe('content type', () => {
  const JSON_TYPES = [
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/json;charset=utf-8',
    'application/vnd.api+json',
  ];
  const OTHERS = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/jsonx',
    '',
  ];

  test('JSON, by any of its names', async () => {
    const { read } = openReader();
    for (const type of JSON_TYPES)
      expect(await outcome(read(post('{}', { 'content-type': type })))).toBe('{}');
  });

  test('none at all is taken for JSON', async () => {
    const { read } = openReader();
    const bytes = new TextEncoder().encode('{}');
    expect(await outcome(read(post(bytes)))).toBe('{}');
    expect(await outcome(read(post(null)))).toBe('');
  });

  test('what a form on a foreign page can send is refused', async () => {
    const { read } = openReader();
    for (const type of OTHERS) expect(await outcome(read(post('{}', { 'content-type': type })))).toBe(415);
  });
});

describe('size', () => {
  test('a body at the limit is read, one byte more is refused', async () => {
    const { read } = openReader();
    const type = { 'content-type': 'application/json' };
    expect(await outcome(read(post('x'.repeat(100), type)))).toBe('x'.repeat(100));
    expect(await outcome(read(post('x'.repeat(101), type)))).toBe(413);
  });

  test('what announces too much is not read at all', async () => {
    const { read } = openReader();
    const slow = slowRequest({ 'content-length': '101' });
    expect(await outcome(read(slow.request))).toBe(413);
    expect(slow.request.bodyUsed).toBe(false);
  });

  test('a length that lies is found out', async () => {
    const { read } = openReader();
    expect(await outcome(read(post('x'.repeat(101), { 'content-length': '10' })))).toBe(413);
  });

  test('an unknown length is found out where it becomes too much, and the rest is not read', async () => {
    const { read } = openReader();
    const slow = slowRequest();
    const reading = outcome(read(slow.request));
    slow.write('x'.repeat(60));
    slow.write('x'.repeat(60));
    expect(await reading).toBe(413);
    expect(slow.isCancelled()).toBe(true);
  });

  test('bytes count, not characters', async () => {
    const { read } = openReader();
    const type = { 'content-type': 'application/json' };
    expect(await outcome(read(post('道'.repeat(33), type)))).toBe('道'.repeat(33));
    expect(await outcome(read(post('道'.repeat(34), type)))).toBe(413);
  });
});

describe('all bodies together', () => {
  const type = { 'content-type': 'application/json' };

  test('are bounded until they are released', async () => {
    const { reader, read } = openReader();
    const bodies = await Promise.all([1, 2].map(() => reader.read(post('x'.repeat(100), type))));
    expect(await outcome(read(post('x'.repeat(60), type)))).toBe(503);
    for (const body of bodies) if (!isFailure(body)) body.release();
    expect(await outcome(read(post('x'.repeat(60), type)))).toBe('x'.repeat(60));
  });

  test('are counted while they arrive: many at once do not get past the bound together', async () => {
    const { read } = openReader();
    const slow = [1, 2, 3, 4].map(() => slowRequest());
    const readings = slow.map(({ request }) => outcome(read(request)));
    for (const { write } of slow) write('x'.repeat(80));
    await settled();
    for (const one of slow) if (!one.isCancelled()) one.end();
    expect(await Promise.all(readings)).toEqual([...Array(3).fill('x'.repeat(80)), 503]);
  });

  test('a promise of many bytes takes up no room', async () => {
    const { read } = openReader();
    const idle = [1, 2, 3, 4, 5].map(() => slowRequest({ 'content-length': '100' }));
    const readings = idle.map(({ request }) => outcome(read(request)));
    await settled();
    expect(await outcome(read(post('x', type)))).toBe('x');
    for (const { end } of idle) end();
    await Promise.all(readings);
  });

  test('give their room back when they are refused, break off or take too long', async () => {
    const { clock, read } = openReader();
    for (let turn = 0; turn < 10; turn += 1) {
      await outcome(read(post('x'.repeat(101), type)));
      await outcome(read(post(new Uint8Array([0xff, 0xfe, 0x80]), type)));
      const broken = slowRequest();
      const breaking = outcome(read(broken.request));
      broken.write('x'.repeat(90));
      await settled();
      broken.break();
      await breaking;
      const slow = slowRequest();
      const waiting = outcome(read(slow.request));
      slow.write('x'.repeat(90));
      await clock.advance(60_000);
      await waiting;
    }
    const bodies = [1, 2].map(() => outcome(read(post('x'.repeat(100), type))));
    expect(await Promise.all(bodies)).toEqual(['x'.repeat(100), 'x'.repeat(100)]);
  });
});

test('a body that trickles is given up at the deadline, however alive it looks', async () => {
  const { clock, read } = openReader();
  const slow = slowRequest();
  const reading = outcome(read(slow.request));
  for (let second = 0; second < 59; second += 1) {
    slow.write('x');
    await clock.advance(1_000);
  }
  await clock.advance(1_000);
  expect(await reading).toBe(408);
  expect(slow.isCancelled()).toBe(true);
  expect(clock.pendingTimers).toBe(0);
});

test('a body that is no UTF-8 is refused in words; a byte-order mark is skipped', async () => {
  const { read } = openReader();
  const type = { 'content-type': 'application/json' };
  expect(await outcome(read(post(new Uint8Array([0x22, 0xff, 0x22]), type)))).toBe(400);
  expect(await outcome(read(post(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]), type)))).toBe('{}');
});
