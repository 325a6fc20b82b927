import { rawCall } from '../fakes/raw-call.ts';
import type { RunningServer } from '../fakes/running-server.ts';
import type { WitnessOrder } from './witness-upstream.ts';

/** What became of one call, as its caller saw it: nothing here was asked of the server afterwards. */
export interface ReceivedAnswer {
  readonly call: number;
  readonly streamed: boolean;
  /** 0 where not even a status arrived. */
  readonly status: number;
  /** The request's id, if anything that names it arrived. */
  readonly requestId: string | undefined;
  /** Pieces of the answer that arrived whole. */
  readonly pieces: number;
  /** The bill in ticks that the caller holds in hands. */
  readonly billTicks: bigint | undefined;
  /** The stream ended with `[DONE]`, or the whole answer is whole. */
  readonly isDone: boolean;
  /** The code of an error, instead of an answer or at the end of one. */
  readonly errorCode: string | undefined;
  /** The body's end arrived, in HTTP's own framing. A connection that broke has none. */
  readonly isEnded: boolean;
}

export interface CallOptions {
  readonly stream: boolean;
  readonly order: WitnessOrder;
  /** The caller hangs up when so many bytes have arrived. */
  readonly hangUpAfterBytes?: number | undefined;
}

/** Calls on a connection of its own and keeps everything that comes back, up to the end or the break of it. */
export async function callAndRecord(
  server: Pick<RunningServer, 'url' | 'key'>,
  { stream, order, hangUpAfterBytes = Number.POSITIVE_INFINITY }: CallOptions,
): Promise<ReceivedAnswer> {
  let raw = '';
  const { text } = rawCall(server, { stream, max_tokens: 8_000, mock: order }, (piece, socket) => {
    raw += piece;
    if (raw.length >= hangUpAfterBytes) socket.destroy();
  });
  const body = await text;
  const isEnded =
    /\r\n0\r\n\r\n$/.test(raw) || /^content-length: (\d+)\r$/im.exec(raw)?.[1] === `${body.length}`;
  return {
    call: order.call,
    streamed: stream,
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(raw)?.[1] ?? 0),
    requestId: /^x-request-id: ([0-9a-f-]{36})\r$/im.exec(raw)?.[1],
    isEnded,
    // A refusal is no stream, whatever was asked for.
    ...(/^content-type: text\/event-stream\r$/im.test(raw) ? readStream(body) : readWhole(body)),
  };
}

type Content = Pick<ReceivedAnswer, 'pieces' | 'billTicks' | 'isDone' | 'errorCode'>;

interface Answer {
  readonly choices?: readonly { delta?: { content?: string }; message?: { content: string } }[];
  readonly usage?: { readonly cost_in_usd_ticks?: number | string };
  readonly code?: string;
}

function readStream(body: string): Content {
  // What follows the last blank line is an event that did not arrive whole, and no reader would have used it.
  const events = body
    .slice(0, body.lastIndexOf('\n\n') + 2)
    .split('\n\n')
    .filter((event) => event.startsWith('data: {'))
    .map((event) => JSON.parse(event.slice('data: '.length)) as Answer);
  return {
    pieces: events.filter(({ choices }) => choices?.[0]?.delta?.content !== undefined).length,
    billTicks: billOf(events.find((event) => event.usage !== undefined)),
    isDone: body.endsWith('data: [DONE]\n\n'),
    errorCode: events.find(({ code }) => code !== undefined)?.code,
  };
}

function readWhole(body: string): Content {
  let answer: Answer;
  try {
    answer = JSON.parse(body) as Answer;
  } catch {
    return { pieces: 0, billTicks: undefined, isDone: false, errorCode: undefined };
  }
  const content = answer.choices?.[0]?.message?.content;
  return {
    pieces: content?.split(' ').filter(Boolean).length ?? 0,
    billTicks: billOf(answer),
    isDone: content !== undefined,
    errorCode: answer.code,
  };
}

function billOf(answer: Answer | undefined): bigint | undefined {
  const ticks = answer?.usage?.cost_in_usd_ticks;
  return ticks === undefined ? undefined : BigInt(ticks);
}
