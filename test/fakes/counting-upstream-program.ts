/**
 * An OpenAI-compatible upstream in a process of its own, on bare sockets: it counts connections, calls and what became
 * of them, and every byte that the other side took. See `counting-upstream.ts`.
 */
import type { UpstreamCounts, UpstreamOrder } from './counting-upstream.ts';

/** Streams that are to end together wait this long for the others, once, so that a test fails in words. */
const TOGETHER_PATIENCE_MS = 20_000;

const FILLER = 'abcdefg '.repeat(128);

interface Call {
  readonly order: UpstreamOrder;
  readonly isStream: boolean;
  readonly sinceMs: number;
  pieces: number;
}

interface Connection {
  received: string;
  isCounted: boolean;
  call: Call | undefined;
  /** What the kernel has not taken yet. */
  unsent: Uint8Array;
  /** What is to be sent as fast as it is taken. */
  bulk: Iterator<string> | undefined;
  /** The answer's last byte is in `unsent` or sent. */
  isWritten: boolean;
}

type Socket = Bun.Socket<Connection>;

const counts: UpstreamCounts = {
  connections: 0,
  requests: 0,
  open: 0,
  mostOpen: 0,
  completed: 0,
  cut: 0,
  startedAfterAnEnd: 0,
  sentBytes: 0,
};

/** Streams by their pace, so that one timer writes the same round to all of them. */
let isGivenUp = false;
const paces = new Map<number, Set<Socket>>();
const encoder = new TextEncoder();
const NOTHING = new Uint8Array(0);

const server = Bun.listen<Connection>({
  hostname: '127.0.0.1',
  port: 0,
  socket: {
    open(socket) {
      socket.data = {
        received: '',
        isCounted: false,
        call: undefined,
        unsent: NOTHING,
        bulk: undefined,
        isWritten: false,
      };
    },
    data: (socket, bytes) => receive(socket, bytes.toString('latin1')),
    drain: pump,
    close: hangUp,
    error: hangUp,
  },
});
console.log(server.port);

function receive(socket: Socket, text: string): void {
  const { data } = socket;
  data.received += text;
  const headLength = data.received.indexOf('\r\n\r\n') + 4;
  if (headLength < 4) return;
  const head = data.received.slice(0, headLength);
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
  if (data.received.length < headLength + length) return;
  const body = data.received.slice(headLength, headLength + length);
  data.received = data.received.slice(headLength + length);
  if (head.startsWith('GET ')) send(socket, wholeAnswer(JSON.stringify(counts)));
  else answer(socket, JSON.parse(body) as { stream?: boolean; mock: UpstreamOrder });
}

function answer(
  socket: Socket,
  { stream = false, mock: order }: { stream?: boolean; mock: UpstreamOrder },
): void {
  const { data } = socket;
  if (!data.isCounted) counts.connections += 1;
  data.isCounted = true;
  counts.requests += 1;
  counts.open += 1;
  counts.mostOpen = Math.max(counts.mostOpen, counts.open);
  if (counts.completed + counts.cut > 0) counts.startedAfterAnEnd += 1;
  const call: Call = { order, isStream: stream, sinceMs: performance.now(), pieces: 0 };
  data.call = call;
  data.isWritten = false;
  const silentBefore = order.silentBefore ?? 'head';
  const rest = () => {
    if (data.call !== call) return;
    if (!stream) writeWhole(socket, order);
    else if (order.everyMs === undefined) writeBulk(socket, order);
    else pace(socket, order.everyMs);
  };
  const begin = () => {
    if (data.call !== call) return;
    if (stream)
      send(
        socket,
        'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n',
      );
    if (silentBefore === 'second') writePiece(socket, 0);
    if (silentBefore === 'head') rest();
    else setTimeout(rest, order.silentMs ?? 0);
  };
  if (silentBefore === 'head' && order.silentMs !== undefined) setTimeout(begin, order.silentMs);
  else begin();
}

function pace(socket: Socket, everyMs: number): void {
  const streams = paces.get(everyMs) ?? new Set();
  streams.add(socket);
  if (paces.has(everyMs)) return;
  paces.set(everyMs, streams);
  let round = 0;
  setInterval(() => {
    round += 1;
    for (const stream of streams) writeRound(stream, streams, round);
  }, everyMs);
}

function writeRound(socket: Socket, streams: Set<Socket>, round: number): void {
  const { call } = socket.data;
  if (call === undefined) {
    streams.delete(socket);
    return;
  }
  const { pieces, endTogether = 0 } = call.order;
  isGivenUp ||= performance.now() - call.sinceMs > TOGETHER_PATIENCE_MS;
  if (call.pieces < pieces || !(isGivenUp || counts.mostOpen >= endTogether)) {
    writePiece(socket, round);
    return;
  }
  streams.delete(socket);
  socket.data.isWritten = true;
  send(socket, streamEnd(call.pieces));
}

function writePiece(socket: Socket, round: number): void {
  if (socket.data.call !== undefined) socket.data.call.pieces += 1;
  send(socket, framed(event({ index: 0, delta: { content: `${round} ` } })));
}

function writeBulk(socket: Socket, { pieces, pieceCharacters = 8 }: UpstreamOrder): void {
  const tokens = pieces * Math.ceil(pieceCharacters / 8);
  // With the figure on each piece the gateway need not count, so nothing but the reader holds the answer back.
  const figured = {
    ...JSON.parse(chunk({ index: 0, delta: { content: filler(pieceCharacters) } })),
    usage: usage(tokens),
  };
  const piece = framed(`data: ${JSON.stringify(figured)}\n\n`);
  socket.data.bulk = (function* () {
    for (let index = 0; index < pieces; index += 1) yield piece;
    socket.data.isWritten = true;
    yield streamEnd(tokens);
  })();
  pump(socket);
}

function writeWhole(socket: Socket, { pieces, pieceCharacters = 8 }: UpstreamOrder): void {
  const { choices, ...rest } = {
    ...JSON.parse(chunk({ index: 0 })),
    object: 'chat.completion',
    usage: usage(pieces),
  };
  const before = `{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"`;
  const after = `"}}],${JSON.stringify(rest).slice(1)}`;
  const piece = filler(pieceCharacters);
  socket.data.bulk = (function* () {
    const length = before.length + pieces * pieceCharacters + after.length;
    yield `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${before}`;
    for (let index = 0; index < pieces; index += 1) yield piece;
    socket.data.isWritten = true;
    yield after;
  })();
  pump(socket);
}

function send(socket: Socket, text: string): void {
  const bytes = encoder.encode(text);
  const { unsent } = socket.data;
  socket.data.unsent = unsent.length === 0 ? bytes : Buffer.concat([unsent, bytes]);
  pump(socket);
}

/** Gives the kernel as much as it takes. */
function pump(socket: Socket): void {
  const { data } = socket;
  for (;;) {
    if (data.unsent.length > 0) {
      const taken = socket.write(data.unsent);
      if (taken <= 0) return;
      if (data.call !== undefined) counts.sentBytes += taken;
      data.unsent = data.unsent.subarray(taken);
      if (data.unsent.length > 0) return;
    }
    const next = data.bulk?.next();
    if (next === undefined || next.done) break;
    data.unsent = encoder.encode(next.value);
  }
  data.bulk = undefined;
  if (data.isWritten && data.call !== undefined) over(data, 'completed');
}

function hangUp({ data }: Socket): void {
  if (data.call !== undefined) over(data, 'cut');
}

function over(connection: Connection, how: 'completed' | 'cut'): void {
  connection.call = undefined;
  connection.bulk = undefined;
  counts.open -= 1;
  counts[how] += 1;
}

function streamEnd(pieces: number): string {
  const last = event({ index: 0, delta: {}, finish_reason: 'stop' });
  const figures = `data: ${JSON.stringify({ ...JSON.parse(chunk()), usage: usage(pieces) })}\n\n`;
  return `${framed(`${last}${figures}data: [DONE]\n\n`)}0\r\n\r\n`;
}

function usage(completionTokens: number) {
  return { prompt_tokens: 10, completion_tokens: completionTokens, total_tokens: 10 + completionTokens };
}

function event(choice: object): string {
  return `data: ${chunk(choice)}\n\n`;
}

function chunk(...choices: object[]): string {
  return JSON.stringify({
    id: 'mock',
    object: 'chat.completion.chunk',
    created: 1_732_000_000,
    model: 'mock',
    choices,
  });
}

/** As a chunk of HTTP/1.1; everything here is ASCII, so a character is a byte. */
function framed(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}

function wholeAnswer(text: string): string {
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`;
}

function filler(characters: number): string {
  return FILLER.repeat(Math.ceil(characters / FILLER.length)).slice(0, characters);
}
