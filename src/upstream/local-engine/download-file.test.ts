import { afterAll, afterEach, beforeEach, expect, test } from 'bun:test';
import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Download, downloadFile } from './download-file.ts';

const CONTENT = Buffer.from('0123456789'.repeat(20_000));
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let answers: Answer[] = [];
let asked: IncomingMessage['headers'][] = [];
const server = createServer((request, response) => {
  asked.push(request.headers);
  const answer = answers.length > 1 ? answers.shift() : answers[0];
  answer?.(request, response);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'turnpike-download-'));
  answers = [];
  asked = [];
});
afterEach(() => rm(folder, { recursive: true }));

const LIMITS = { headMs: 2_000, stallMs: 2_000, totalMs: 20_000, resumes: 3, pauseMs: 1 };
const download = (more: Partial<Download> = {}) =>
  downloadFile({
    url: `${origin}/m.gguf`,
    into: join(folder, 'm.gguf'),
    onProgress: () => {},
    onWhole: () => {},
    limits: LIMITS,
    signal: new AbortController().signal,
    ...more,
  });
const files = async () => (await readdir(folder)).sort();
const kept = () => readFile(join(folder, 'm.gguf'));

const whole: Answer = (_request, response) =>
  response.writeHead(200, { 'content-length': CONTENT.length, etag: '"one"' }).end(CONTENT);

/** Sends some of the file and breaks the connection. */
const broken =
  (bytes: number, etag: string): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-length': CONTENT.length, etag });
    response.write(CONTENT.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20));
  };

/** Goes on where the caller asks, as long as it asks for the same file. */
const resumable =
  (etag: string): Answer =>
  ({ headers }, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
    // Whoever does not say which file the rest is wanted of gets the rest of this one.
    if (from === 0 || (headers['if-range'] ?? etag) !== etag) {
      response.writeHead(200, { 'content-length': CONTENT.length, etag }).end(CONTENT);
      return;
    }
    const range = `bytes ${from}-${CONTENT.length - 1}/${CONTENT.length}`;
    response.writeHead(206, { 'content-range': range, etag }).end(CONTENT.subarray(from));
  };

test('a file comes whole, with its progress, and leaves nothing beside it', async () => {
  answers = [whole];
  const seen: [number, number | undefined][] = [];
  let wholeAfter = -1;
  const end = await download({
    onProgress: (done, total) => seen.push([done, total]),
    onWhole: () => {
      wholeAfter = seen.length;
    },
  });
  const sizeBytes = CONTENT.length;
  expect(end).toEqual({ ok: true, sha256: SHA256, sizeBytes, checkedAgainst: 'length only' });
  expect(seen.at(-1)).toEqual([sizeBytes, sizeBytes]);
  expect(wholeAfter).toBe(seen.length);
  expect(await files()).toEqual(['m.gguf']);
});

test('a file with the wrong checksum is not kept', async () => {
  answers = [whole];
  const end = await download({ sha256: '0'.repeat(64) });
  expect(end).toMatchObject({ ok: false, fault: 'checksum' });
  expect(await files()).toEqual([]);
});

test("the checksum in a model hub's redirect is held against the file", async () => {
  const redirect =
    (sha256: string): Answer =>
    (_request, response) =>
      response.writeHead(302, { location: '/cdn/blob', 'x-linked-etag': `"${sha256}"` }).end('moved');
  answers = [redirect(SHA256), whole];
  expect(await download()).toMatchObject({ ok: true, sha256: SHA256, checkedAgainst: 'server checksum' });
  answers = [redirect('f'.repeat(64)), whole];
  expect(await download()).toMatchObject({ ok: false, fault: 'checksum' });
});

test('a download that breaks off goes on where it stopped', async () => {
  answers = [broken(70_000, '"one"'), resumable('"one"')];
  expect(await download({ sha256: SHA256 })).toMatchObject({ ok: true });
  expect(asked[1]?.range).toBe('bytes=70000-');
  expect(await kept()).toEqual(CONTENT);
});

test('it goes on at the next start too', async () => {
  answers = [broken(70_000, '"one"')];
  const limits = { ...LIMITS, resumes: 0 };
  expect(await download({ limits })).toMatchObject({ ok: false });
  expect(await files()).toEqual(['m.gguf.part', 'm.gguf.part.json']);
  answers = [resumable('"one"')];
  expect(await download({ sha256: SHA256, limits })).toMatchObject({ ok: true });
  expect(asked.at(-1)?.range).toBe('bytes=70000-');
});

test('parts of two different files are never put together', async () => {
  const old: Answer = (_request, response) => {
    response.writeHead(200, { 'content-length': CONTENT.length, etag: '"old"' });
    response.write(Buffer.alloc(70_000, 'x'), () => setTimeout(() => response.destroy(), 20));
  };
  answers = [old, resumable('"new"')];
  expect(await download()).toMatchObject({ ok: true, sha256: SHA256 });
});

test('a server without a strong mark of the file begins anew', async () => {
  answers = [broken(70_000, 'W/"weak"'), whole];
  expect(await download({ sha256: SHA256 })).toMatchObject({ ok: true });
  expect(asked[1]?.range).toBeUndefined();
});

test('a part that is not the one asked for is not appended', async () => {
  const wrongPart: Answer = (_request, response) =>
    response
      .writeHead(206, { 'content-range': `bytes 5-${CONTENT.length - 1}/${CONTENT.length}`, etag: '"one"' })
      .end(CONTENT.subarray(5));
  answers = [broken(70_000, '"one"'), wrongPart, resumable('"one"')];
  expect(await download({ sha256: SHA256 })).toMatchObject({ ok: true });
});

test('a server that does not answer is given up quickly, and is not asked again', async () => {
  answers = [() => {}];
  const end = await download({ limits: { ...LIMITS, headMs: 50 } });
  expect(end).toEqual({ ok: false, fault: 'timed-out', detail: 'the server does not answer' });
  expect(asked.length).toBe(1);
});

test('a download that stalls is taken up again', async () => {
  const stalling: Answer = (_request, response) => {
    response.writeHead(200, { 'content-length': CONTENT.length, etag: '"one"' });
    response.write(CONTENT.subarray(0, 70_000));
  };
  answers = [stalling, resumable('"one"')];
  expect(await download({ sha256: SHA256, limits: { ...LIMITS, stallMs: 60 } })).toMatchObject({ ok: true });
  expect(asked[1]?.range).toBe('bytes=70000-');
});

test('a file that ends early again and again is not taken for whole', async () => {
  answers = [broken(10, 'W/"weak"')];
  expect(await download()).toMatchObject({ ok: false, fault: 'broke-off' });
  expect(asked.length).toBe(LIMITS.resumes + 1);
  expect(await files()).not.toContain('m.gguf');
});

test('a refusal is final; what is told of it holds no address', async () => {
  answers = [(_request, response) => response.writeHead(404).end('no')];
  const end = await download({ url: `${origin}/m.gguf?token=secret` });
  expect(end).toEqual({ ok: false, fault: 'not-found', detail: 'the server answered 404' });
  expect(asked.length).toBe(1);
  answers = [(_request, response) => response.writeHead(403).end('no')];
  expect(await download()).toMatchObject({ ok: false, fault: 'refused' });
});

test('a server that is not there is not asked again, however much of the file there is', async () => {
  answers = [broken(70_000, '"one"')];
  await download({ limits: { ...LIMITS, resumes: 0 } });
  const pauseMs = 1_000_000;
  const end = await download({ url: 'http://127.0.0.1:9/m.gguf', limits: { ...LIMITS, pauseMs } });
  expect(end).toMatchObject({ ok: false, fault: 'unreachable' });
});

test('when all bytes came but not the end of the program, the next start begins anew', async () => {
  answers = [broken(CONTENT.length - 1, '"one"')];
  await download({ limits: { ...LIMITS, resumes: 0 } });
  await appendFile(join(folder, 'm.gguf.part'), CONTENT.subarray(-1));
  const nothingLeft: Answer = (_request, response) => response.writeHead(416).end();
  answers = [nothingLeft, whole];
  expect(await download({ sha256: SHA256 })).toMatchObject({ ok: true });
});

test('redirects have an end', async () => {
  answers = [(_request, response) => response.writeHead(302, { location: '/again' }).end()];
  expect(await download()).toMatchObject({ ok: false, fault: 'refused' });
  expect(asked.length).toBe(6);
});

test('an interrupted download ends at once and can go on later', async () => {
  const caller = new AbortController();
  answers = [
    (_request, response) => {
      response.writeHead(200, { 'content-length': CONTENT.length, etag: '"one"' });
      response.write(CONTENT.subarray(0, 70_000));
    },
  ];
  const end = await download({ signal: caller.signal, onProgress: () => caller.abort() });
  expect(end).toMatchObject({ ok: false, fault: 'interrupted' });
  expect(await files()).toContain('m.gguf.part');
});
