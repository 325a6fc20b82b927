import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { EventParser, MAXIMUM_EVENT_CHARACTERS, type ServerSentEvent } from './parse-events.ts';
import { DONE_EVENT, dataEvent, HEARTBEAT } from './write-events.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function parse(...pieces: Uint8Array[]): ServerSentEvent[] {
  const parser = new EventParser();
  return pieces.flatMap((piece) => parser.push(piece));
}

/** The standard read word by word, for a text that is there as a whole. */
function parseSlowly(text: string): ServerSentEvent[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  lines.pop(); // What no line break ended.
  const events: ServerSentEvent[] = [];
  let data = '';
  let event = '';
  for (const line of lines) {
    if (line === '') {
      if (data !== '') {
        const name = event === '' || event === 'message' ? {} : { event };
        events.push({ ...name, data: data.slice(0, -1) });
      }
      data = '';
      event = '';
      continue;
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/su.exec(line) ?? [];
    if (field === 'data') data += `${value}\n`;
    if (field === 'event') event = value;
  }
  return events;
}

/** A stream with everything in it that a chat stream may bring, in each of the three line ends. */
const RECORDED = [
  ': OPENROUTER PROCESSING\n\n',
  'data: {"choices":[{"delta":{"content":"Grüße, 你好 😀"}}]}\n\n',
  'data:{"no":"space"}\r\n\r\n',
  'event: error\rdata: {"error":"x"}\r\r',
  'id: 7\nretry: 10\nevent: message\ndata: one\ndata: two\r\n\n',
  ':\n\ndata\n\nevent: lost\n\n',
  'data:  two spaces: and a colon\r\r\n',
  'other: field\nDATA: no\n data: no\n\n',
  'data: [DONE]\n\n',
  'data: half an eve',
].join('');

describe('a recorded stream', () => {
  const bytes = bytesOf(`\ufeff${RECORDED}`);
  const expected = parseSlowly(RECORDED);

  test('has the events that the standard says', () => {
    expect(expected).toEqual([
      { data: '{"choices":[{"delta":{"content":"Grüße, 你好 😀"}}]}' },
      { data: '{"no":"space"}' },
      { event: 'error', data: '{"error":"x"}' },
      { data: 'one\ntwo' },
      { data: '' },
      { data: ' two spaces: and a colon' },
      { data: '[DONE]' },
    ]);
    expect(parse(bytes)).toEqual(expected);
  });

  test('has the same events wherever it is cut', () => {
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(parse(bytes.slice(0, at), bytes.slice(at))).toEqual(expected);
    }
  });

  test('has the same events byte by byte, also with pieces of nothing in between', () => {
    const single = [...bytes].map((byte) => Uint8Array.of(byte));
    expect(parse(...single)).toEqual(expected);
    expect(parse(...single.flatMap((byte) => [new Uint8Array(0), byte]))).toEqual(expected);
  });
});

test('any stream, cut anywhere, has the events that the standard says', () => {
  const WORDS = [
    ...['\n', '\n', '\r', '\r\n', '\n\n', 'data', 'data:', 'data: ', 'event: x', 'event:message', 'event'],
    ...[
      ': c',
      ':',
      ' ',
      'id: 1',
      '{"a":1}',
      '[DONE]',
      '中',
      '😀',
      'ß',
      '\ufeff',
      '\u2028',
      '\u0085',
      '\u0000',
    ],
  ];
  const stream = fc
    .array(fc.constantFrom(...WORDS), { maxLength: 40, size: 'max' })
    .map((words) => words.join(''));
  fc.assert(
    fc.property(stream, fc.array(fc.nat({ max: 200 }), { maxLength: 12 }), (text, cuts) => {
      const bytes = bytesOf(text);
      const edges = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort(
        (a, b) => a - b,
      );
      const pieces = edges.slice(1).map((edge, index) => bytes.slice(edges[index], edge));
      const expected = parseSlowly(text);
      expect(parse(...pieces)).toEqual(expected);
      expect(parse(...[...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
    }),
    { numRuns: 400 },
  );
});

test('a line end of two characters that is cut in two is still one, and the next LF is another', () => {
  for (const stream of [
    'data: a\r\n\n',
    'data: a\r\n\r\n',
    'data: a\r\r\n',
    'data: a\n\r',
    'data: a\r\n\ndata: b\n\n',
  ]) {
    const single = [...bytesOf(stream)].map((byte) => Uint8Array.of(byte));
    expect(parse(...single)).toEqual(parseSlowly(stream));
  }
});

test('a broken character does not take its neighbours with it', () => {
  const bytes = Uint8Array.of(...bytesOf('data: a'), 0xe4, 0xbd, ...bytesOf('b\n\ndata: c\n\n'));
  expect(parse(bytes)).toEqual([{ data: 'a\ufffdb' }, { data: 'c' }]);
  expect(parse(...[...bytes].map((byte) => Uint8Array.of(byte)))).toEqual([
    { data: 'a\ufffdb' },
    { data: 'c' },
  ]);
});

describe('memory is bounded', () => {
  const PIECE = 65_536;
  const atMost = MAXIMUM_EVENT_CHARACTERS;

  /** Feeds the same piece until the parser has had enough; answers how many characters that took. */
  function feedUntilTooLong(piece: string): number {
    const parser = new EventParser();
    const bytes = bytesOf(piece);
    let fed = 0;
    while (!parser.tooLong && fed < 16 * atMost) {
      expect(parser.push(bytes)).toEqual([]);
      fed += piece.length;
    }
    expect(parser.tooLong).toBe(true);
    expect(parser.push(bytesOf('\n\ndata: after\n\n'))).toEqual([]);
    return fed;
  }

  test.each([
    ['a line without an end', 'x'.repeat(PIECE)],
    ['a comment without an end', `${':'.repeat(PIECE)}`],
    ['data in lines without an empty one', `data: ${'x'.repeat(PIECE - 7)}\n`],
    ['data in lines ended by CR', `data: ${'x'.repeat(PIECE - 7)}\r`],
  ])('%s', (_, piece) => {
    expect(feedUntilTooLong(piece)).toBeLessThanOrEqual(atMost + 2 * PIECE);
  });

  test('empty data lines', () => {
    expect(feedUntilTooLong('data:\n'.repeat(10_000))).toBeLessThanOrEqual(6 * (atMost + 10_000));
  });

  test("an event's name", () => {
    const parser = new EventParser();
    parser.push(bytesOf(`event: ${'x'.repeat(atMost)}`));
    parser.push(bytesOf('x\n'));
    expect(parser.tooLong).toBe(true);
  });

  test("an event's name and its data together", () => {
    const parser = new EventParser();
    parser.push(bytesOf(`event: ${'x'.repeat(atMost / 2)}\n`));
    expect(parser.tooLong).toBe(false);
    parser.push(bytesOf(`data: ${'x'.repeat(atMost / 2)}\n`));
    expect(parser.tooLong).toBe(true);
  });

  test('one event in one piece', () => {
    const parser = new EventParser();
    const events = parser.push(bytesOf(`data: a\n\ndata: ${'x'.repeat(atMost)}\n\ndata: b\n\n`));
    expect(events).toEqual([{ data: 'a' }]);
    expect(parser.tooLong).toBe(true);
  });

  test('an event that just fits comes through, and so do many that would not fit together', () => {
    const fits = 'x'.repeat(atMost - 'data:'.length - 1);
    const bytes = bytesOf(`data:${fits}\n\n`);
    const parser = new EventParser();
    for (let time = 0; time < 3; time += 1) expect(parser.push(bytes)).toEqual([{ data: fits }]);
    expect(parser.tooLong).toBe(false);
  });

  test('a long line that trickles in is not searched again from its beginning', () => {
    const parser = new EventParser();
    const piece = bytesOf('12345678');
    parser.push(bytesOf('data:'));
    for (let fed = 0; fed < atMost - 16; fed += piece.length) parser.push(piece);
    const [event] = parser.push(bytesOf('\n\n'));
    expect(event?.data).toHaveLength(atMost - 16);
  });
});

test('what is written is read back', () => {
  const written = HEARTBEAT + dataEvent('{"a":"\\n"}') + HEARTBEAT + dataEvent('{}') + DONE_EVENT;
  expect(parse(bytesOf(written))).toEqual([{ data: '{"a":"\\n"}' }, { data: '{}' }, { data: '[DONE]' }]);
});
