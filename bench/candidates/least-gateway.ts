import { Database } from 'bun:sqlite';
import { constants, openSync, write, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The least that a gateway on this runtime can do which bills for what it serves: what `bare-gateway.ts` does, and of
 * each thing that Turnpike owes its users the cheapest form there is. A key is looked up, calls and tokens are counted,
 * credit is set aside and charged in memory, each of the two is on the disk before anybody hears of it, a thread writes
 * two rows, one line is logged, and each piece of a stream passes through JavaScript, which is where it could be
 * counted. Nothing is checked, nothing has a deadline, nothing survives a fault. Run by `least.ts`.
 */
const [upstream = '', port = '0', folder = '.'] = process.argv.slice(2);

/** So much of the file is written before the first call, and then over and over: room costs nothing while it runs. */
const JOURNAL_BYTES = 64 * 1024 * 1024;

/** As long as a busy journal of Turnpike's gathers. */
const GATHER_MS = 4;
const GATHER_MS_FOR_EACH_LINE = 0.5;

const TABLES_EVERY_MS = 1_000;
const LOG_EVERY_MS = 10;

const KEY_ID = crypto.randomUUID();
const HEADERS = new Headers({ 'content-type': 'application/json', 'accept-encoding': 'identity' });
const HELD_TICKS = 250_000_000;

interface Account {
  calls: number;
  tokens: number;
  availableTicks: bigint;
}

interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

function serve(): void {
  const writer = new Worker(import.meta.path, { argv: process.argv.slice(2) });
  const journal = new Journal(join(folder, 'journal'));
  const accounts = new Map<string, Account>();
  let log = '';
  setInterval(() => {
    if (journal.written.length > 0) writer.postMessage(journal.written.splice(0).join('\n'));
  }, TABLES_EVERY_MS);
  setInterval(() => {
    if (log !== '') process.stderr.write(log);
    log = '';
  }, LOG_EVERY_MS);

  /** What was set aside is given back, and the cost is taken; then the call is logged. */
  const charge = async (id: string, account: Account, usage: Usage, beganMs: number) => {
    const costTicks = BigInt(usage.prompt_tokens) * 50_000n + BigInt(usage.completion_tokens) * 150_000n;
    account.availableTicks += BigInt(HELD_TICKS) - costTicks;
    account.tokens += usage.total_tokens;
    const took = performance.now() - beganMs;
    await journal.append(
      JSON.stringify({ end: id, key: KEY_ID, cost: Number(costTicks), usage, took, at: Date.now() }),
    );
    log += `${JSON.stringify({ event: 'request', request: id, key: KEY_ID, cost: String(costTicks), took })}\n`;
  };

  Bun.serve({
    hostname: '127.0.0.1',
    port: Number(port),
    idleTimeout: 0,
    routes: {
      '/ready': new Response('ready'),
      '/v1/chat/completions': {
        async POST(request) {
          const beganMs = performance.now();
          const name = request.headers.get('authorization') ?? '';
          let account = accounts.get(name);
          if (account === undefined) {
            account = { calls: 0, tokens: 0, availableTicks: 10n ** 18n };
            accounts.set(name, account);
          }
          account.calls += 1;
          const text = await request.text();
          const { stream } = JSON.parse(text) as { stream?: boolean };
          const id = Bun.randomUUIDv7();
          account.availableTicks -= BigInt(HELD_TICKS);
          await journal.append(JSON.stringify({ hold: id, key: KEY_ID, ticks: HELD_TICKS, at: Date.now() }));
          const answer = await fetch(upstream, {
            method: 'POST',
            headers: HEADERS,
            body: text,
            signal: request.signal,
            decompress: false,
          });
          const headers = {
            'content-type': answer.headers.get('content-type') ?? '',
            'x-request-id': id,
            'x-ratelimit-remaining-requests': String(10_000_000 - account.calls),
            'access-control-allow-origin': '*',
          };
          if (stream === true && answer.body !== null) {
            const settle = (usage: Usage) => charge(id, account, usage, beganMs);
            return new Response(passOn(answer.body, settle), { status: answer.status, headers });
          }
          const whole = await answer.text();
          await charge(id, account, (JSON.parse(whole) as { usage: Usage }).usage, beganMs);
          return new Response(whole, { status: answer.status, headers });
        },
      },
    },
  });
}

/** Hands on each piece, and the last one when the stream is paid for. */
function passOn(
  body: ReadableStream<Uint8Array>,
  settle: (usage: Usage) => Promise<void>,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let last = '';
  let lastButOne = '';
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (!done) {
        lastButOne = last;
        last = decoder.decode(value);
        controller.enqueue(value);
        return;
      }
      const usage = /"usage":(\{[^}]*\})/.exec(lastButOne + last)?.[1];
      if (usage !== undefined) await settle(JSON.parse(usage) as Usage);
      controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** Lines that wait share one write, which is on the disk when it returns. */
class Journal {
  /** Lines on the disk that the tables do not have yet. */
  readonly written: string[] = [];
  readonly #descriptor: number;
  #at = 0;
  #lines: string[] = [];
  #waiting: (() => void)[] = [];
  #isBusy = false;
  #begunMs = 0;
  #gatherMs = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_DSYNC, 0o600);
    writeSync(this.#descriptor, Buffer.alloc(JOURNAL_BYTES), 0, JOURNAL_BYTES, 0);
  }

  append(line: string): Promise<void> {
    this.#lines.push(line);
    if (!this.#isBusy) this.#writeSoon();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #writeSoon(): void {
    this.#isBusy = true;
    const leftMs = this.#begunMs + this.#gatherMs - performance.now();
    if (leftMs > 0) setTimeout(() => this.#write(), leftMs);
    else setImmediate(() => this.#write());
  }

  #write(): void {
    const [lines, waiting] = [this.#lines, this.#waiting];
    [this.#lines, this.#waiting] = [[], []];
    this.#begunMs = performance.now();
    this.#gatherMs = lines.length > 1 ? Math.min(lines.length * GATHER_MS_FOR_EACH_LINE, GATHER_MS) : 0;
    const frame = Buffer.from(`${lines.join('\n')}\n`);
    if (this.#at + frame.length > JOURNAL_BYTES) this.#at = 0;
    write(this.#descriptor, frame, 0, frame.length, this.#at, (error) => {
      if (error !== null) throw error;
      this.#at += frame.length;
      this.written.push(...lines);
      for (const resolve of waiting) resolve();
      if (this.#lines.length > 0) this.#writeSoon();
      else this.#isBusy = false;
    });
  }
}

function writeTables(): void {
  const database = new Database(join(folder, 'tables.db'));
  database.run('PRAGMA journal_mode = WAL');
  database.run('PRAGMA synchronous = NORMAL');
  database.run(
    'CREATE TABLE requests (id TEXT PRIMARY KEY, key, input, output, cost, took, at) WITHOUT ROWID',
  );
  database.run('CREATE TABLE entries (id INTEGER PRIMARY KEY, request, key, ticks, at)');
  const request = database.prepare('INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?, ?)');
  const entry = database.prepare('INSERT INTO entries (request, key, ticks, at) VALUES (?, ?, ?, ?)');
  const writeAll = database.transaction((lines: readonly string[]) => {
    for (const line of lines) {
      const { end, key, cost, usage, took, at } = JSON.parse(line);
      if (end === undefined) continue;
      request.run(end, key, usage.prompt_tokens, usage.completion_tokens, cost, took, at);
      entry.run(end, key, -cost, at);
    }
  });
  self.onmessage = ({ data }: MessageEvent<string>) => writeAll(data.split('\n'));
}

if (Bun.isMainThread) serve();
else writeTables();
