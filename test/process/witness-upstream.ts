import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a test asks of the upstream: the member `mock` of a request's body, which the gateway passes on as it is. */
export interface WitnessOrder {
  /** The call's own number, from 1. It comes back as the prompt's tokens, so the books name the call they charged. */
  readonly call: number;
  /** Tokens of the answer: each piece is one, and says how many there were so far. */
  readonly pieces: number;
  readonly everyMs: number;
}

/** What became of one call, as its upstream saw it. */
export interface SentAnswer {
  readonly call: number;
  /** Pieces that were written to the connection, and when; the gateway can have read no more. */
  readonly pieceTimesMs: number[];
  /** `cut`: the other side closed the connection before the last byte. */
  end: 'open' | 'whole' | 'cut';
}

/** An upstream in the test's own process, so that it outlives every server and remembers what each call was sent. */
export interface WitnessUpstream {
  /** For `TURNPIKE_UPSTREAM`. */
  readonly baseUrl: string;
  /** By call. A call that came twice has two. */
  readonly answers: ReadonlyMap<number, readonly SentAnswer[]>;
  stop(): Promise<void>;
}

export async function startWitnessUpstream(): Promise<WitnessUpstream> {
  const answers = new Map<number, SentAnswer[]>();
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const { stream = false, mock } = JSON.parse(text) as { stream?: boolean; mock: WitnessOrder };
    const sent: SentAnswer = { call: mock.call, pieceTimesMs: [], end: 'open' };
    answers.set(mock.call, [...(answers.get(mock.call) ?? []), sent]);
    response.on('close', () => {
      if (sent.end === 'open') sent.end = 'cut';
    });
    if (stream) await writeStream(response, mock, sent);
    else await writeWhole(response, mock, sent);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    answers,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function writeStream(response: ServerResponse, order: WitnessOrder, sent: SentAnswer): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  while (sent.pieceTimesMs.length < order.pieces) {
    await Bun.sleep(order.everyMs);
    if (sent.end !== 'open') return;
    sent.pieceTimesMs.push(performance.now());
    response.write(event(order.call, sent.pieceTimesMs.length, { content: `${sent.pieceTimesMs.length} ` }));
  }
  sent.end = 'whole';
  response.end(`${event(order.call, order.pieces, {}, 'stop')}data: [DONE]\n\n`);
}

async function writeWhole(response: ServerResponse, order: WitnessOrder, sent: SentAnswer): Promise<void> {
  await Bun.sleep(order.everyMs);
  if (sent.end !== 'open') return;
  for (let piece = 0; piece < order.pieces; piece += 1) sent.pieceTimesMs.push(performance.now());
  sent.end = 'whole';
  const content = Array.from({ length: order.pieces }, (_, index) => `${index + 1} `).join('');
  const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }];
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ...HEAD, object: 'chat.completion', choices, usage: usage(order) }));
}

const HEAD = { id: 'witness', created: 1_732_000_000, model: 'witness' };

function event(call: number, pieces: number, delta: object, finish: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  const chunk = { ...HEAD, object: 'chat.completion.chunk', choices, usage: usage({ call, pieces }) };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

function usage({ call, pieces }: Pick<WitnessOrder, 'call' | 'pieces'>) {
  return { prompt_tokens: call, completion_tokens: pieces, total_tokens: call + pieces };
}
