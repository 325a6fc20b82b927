import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import type { JsonObject } from '../parse-json.ts';
import { EventParser } from '../server-sent-events/parse-events.ts';
import { dataEvent } from '../server-sent-events/write-events.ts';
import { makeStreamChunk, readStreamChunk, rewriteStreamChunk, splitLongChunk } from './stream.ts';

const IDENTITY = { id: '0197f6a2-9a7c-7d6e-8f3a-2b1c0d9e8f7a', model: 'grok-beta' };
const USAGE = { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 };
const COUNTED = { inputTokens: 9, outputTokens: 4 };

/** A chunk of an upstream with these members in its choice and beside it. */
function chunkText(choice: object, beside: object = {}): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_732_500_000,
    model: 'upstream-model',
    choices: [{ index: 0, ...choice }],
    ...beside,
  });
}

function readChunk(data: string) {
  const chunk = readStreamChunk(data);
  if (chunk.kind !== 'chunk') throw new Error(chunk.kind);
  return chunk;
}

describe('what a chunk says', () => {
  test('text, and nothing else', () => {
    const text = chunkText({ delta: { content: 'Hi', role: 'assistant' }, finish_reason: null });
    expect(readChunk(text)).toEqual({
      kind: 'chunk',
      text,
      value: JSON.parse(text),
      usage: undefined,
      written: 'Hi',
      finishes: false,
      isUsageOnly: false,
    });
  });

  test.each<[string, object, string]>([
    ['nothing', {}, ''],
    ['null', { content: null, reasoning_content: null, tool_calls: null }, ''],
    ['reasoning', { reasoning_content: 'hm' }, 'hm'],
    ['reasoning under its newer name', { reasoning: 'hm' }, 'hm'],
    ['reasoning under both names, written once', { reasoning_content: 'hm', reasoning: 'hm' }, 'hm'],
    ['reasoning in details', { reasoning_details: [{ type: 'reasoning.text', text: 'hm' }] }, 'hm'],
    ['content and reasoning', { content: 'a', reasoning_content: 'b' }, 'ab'],
    [
      'Mistral: content in parts, with thinking inside',
      {
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
          { type: 'text', text: 'ah' },
        ],
      },
      'hmah',
    ],
    ['a refusal', { refusal: 'no' }, 'no'],
    [
      'tool calls',
      {
        tool_calls: [
          { index: 0, function: { name: 'f', arguments: '{"a"' } },
          { index: 1, function: { arguments: ':1}' } },
        ],
      },
      'f{"a":1}',
    ],
    ['a function call of the old kind', { function_call: { name: 'f', arguments: '{}' } }, 'f{}'],
    ['oddities', { content: 5, tool_calls: [null, {}, { function: 'f' }] }, ''],
  ])('written: %s', (_, delta, written) => {
    expect(readChunk(chunkText({ delta })).written).toBe(written);
  });

  test('the text of all choices together', () => {
    const text = JSON.stringify({
      choices: [
        { index: 0, delta: { content: 'a' } },
        { index: 1, delta: { content: 'b' } },
      ],
    });
    expect(readChunk(text).written).toBe('ab');
  });

  test('the end of a choice', () => {
    for (const reason of ['stop', 'length', 'tool_calls', 'content_filter', 'end_turn']) {
      expect(readChunk(chunkText({ delta: {}, finish_reason: reason })).finishes).toBe(true);
    }
    // xAI was seen to send an empty reason with tools.
    for (const reason of [null, '', 0, undefined]) {
      expect(readChunk(chunkText({ delta: {}, finish_reason: reason })).finishes).toBe(false);
    }
  });

  test('a usage chunk of its own, also without choices at all', () => {
    for (const choices of [[], null, undefined]) {
      const chunk = readChunk(JSON.stringify({ id: 'x', choices, usage: USAGE }));
      expect(chunk).toMatchObject({ isUsageOnly: true, usage: COUNTED, finishes: false, written: '' });
    }
  });

  test("Azure's first chunk, with filters and no choices", () => {
    expect(readChunk('{"choices":[],"prompt_filter_results":[]}')).toMatchObject({
      isUsageOnly: true,
      usage: undefined,
    });
  });

  test('usage where others put it: in the last choice, in x_groq, on every chunk', () => {
    const last = { delta: {}, finish_reason: 'stop' };
    expect(readChunk(chunkText({ ...last, usage: USAGE })).usage).toMatchObject(COUNTED);
    expect(readChunk(chunkText(last, { x_groq: { id: 'req', usage: USAGE } })).usage).toMatchObject(COUNTED);
    expect(readChunk(chunkText({ delta: { content: 'a' } }, { usage: USAGE })).usage).toMatchObject(COUNTED);
  });

  test('a usage that is not sane is none', () => {
    for (const usage of [null, {}, { ...USAGE, completion_tokens: -1 }, { ...USAGE, prompt_tokens: '9' }]) {
      expect(readChunk(chunkText({ delta: {} }, { usage })).usage).toBeUndefined();
    }
  });

  test('the end of the stream, with any space around it', () => {
    for (const data of ['[DONE]', ' [DONE]', '[DONE] ', '  [DONE]\t', '[DONE]\n']) {
      expect(readStreamChunk(data)).toEqual({ kind: 'done' });
    }
  });

  test('lines without a space after the colon, as Spark sends them', () => {
    const text = chunkText({ delta: { content: 'a' } });
    const events = new EventParser().push(new TextEncoder().encode(`data:${text}\n\ndata:[DONE]\n\n`));
    expect(events.map(({ data }) => readStreamChunk(data).kind)).toEqual(['chunk', 'done']);
    expect(events[0]?.data).toBe(text);
  });

  test.each([
    '{"error":{"message":"overloaded","code":503}}',
    '{"error":"overloaded"}',
    '{"code":"unavailable","error":"Timed out"}',
    '{"id":"x","choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}],"error":{"code":502}}',
    '{"choices":null,"base_resp":{"status_code":1027,"status_msg":"new_sensitive"}}',
    '{"choices":[],"usage":{"prompt_tokens":1},"base_resp":{"status_code":1000}}',
  ])('%s is an error', (data) => {
    expect(readStreamChunk(data)).toEqual({ kind: 'error' });
  });

  test('no error and a good status are none', () => {
    for (const beside of [
      { error: null },
      { error: '' },
      { base_resp: { status_code: 0 } },
      { base_resp: {} },
    ]) {
      expect(readChunk(chunkText({ delta: { content: 'a' } }, beside)).written).toBe('a');
    }
  });

  test.each([
    '',
    ' ',
    '{',
    '[DONE',
    'DONE',
    '"[DONE]"',
    'null',
    '[]',
    '5',
    '{}',
    '{"choices":null}',
    '{"choices":{}}',
    '{"choices":"x"}',
    '{"choices":[null]}',
    '{"choices":["x"]}',
    '{"type":"ping"}',
    '<html>502</html>',
  ])('%j is malformed', (data) => {
    expect(readStreamChunk(data)).toEqual({ kind: 'malformed' });
  });

  test('and so is one of a hundred thousand levels', () => {
    const data = `{"choices":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(readStreamChunk(data)).toEqual({ kind: 'malformed' });
  });

  test('a prototype is taken out of it, and the rest stays to the byte', () => {
    const text = '{"id":"x","n":1e400, "m":-0,"choices":[{"index":0,"delta":{"content":"a"}}]}';
    const chunk = readChunk(text.replace('"n"', '"__proto__":{"x":1},"n"'));
    expect(chunk.text).toBe(text);
    expect(Object.getPrototypeOf(chunk.value)).toBe(Object.prototype);
  });

  test('an event in several lines becomes one line, so that no part of it can pass for another event', () => {
    const stream = 'data: {"choices":\ndata: [{"delta":{"content":"a\\n"}}],\ndata:\ndata: "x":1}\n\n';
    const [event] = new EventParser().push(new TextEncoder().encode(stream));
    const chunk = readChunk(event?.data ?? '');
    expect(chunk.text).toBe('{"choices": [{"delta":{"content":"a\\n"}}],  "x":1}');
    const relayed = dataEvent(rewriteStreamChunk(chunk.text, IDENTITY));
    expect(new EventParser().push(new TextEncoder().encode(relayed))).toHaveLength(1);
  });
});

describe('a chunk that is passed on', () => {
  const text =
    '{"id":"chatcmpl-1", "object" : "chat.completion.chunk","model":"up","created":1.7e9,"x":1e400,"choices":[{"index":0,' +
    '"delta":{"content":"\\u4f60\\/ \u2028","id":"inner","usage":{}}}], "system_fingerprint":"fp_1","service_tier":-0}';

  test('keeps every byte but our id and model', () => {
    expect(rewriteStreamChunk(text, IDENTITY)).toBe(
      text.replace('"chatcmpl-1"', `"${IDENTITY.id}"`).replace('"up"', '"grok-beta"'),
    );
  });

  test("loses the upstream's usage, or gets ours", () => {
    const ours = `"${IDENTITY.id}"`;
    expect(rewriteStreamChunk('{"id":1,"usage":{"a":1},"choices":[],"model":""}', IDENTITY)).toBe(
      `{"id":${ours},"choices":[],"model":"grok-beta"}`,
    );
    expect(rewriteStreamChunk('{"choices":[],"usage":null}', IDENTITY, { a: 2 })).toBe(
      `{"choices":[],"usage":{"a":2},"id":${ours},"model":"grok-beta"}`,
    );
    expect(rewriteStreamChunk('{"choices":[]}', IDENTITY, { a: 2 })).toBe(
      `{"choices":[],"id":${ours},"model":"grok-beta","usage":{"a":2}}`,
    );
  });

  test('of our own making looks like one', () => {
    expect(makeStreamChunk(IDENTITY, 5, [{ index: 0, delta: {}, finish_reason: 'length' }])).toBe(
      `{"id":"${IDENTITY.id}","object":"chat.completion.chunk","created":5,"model":"grok-beta","choices":[{"index":0,"delta":{},"finish_reason":"length"}]}`,
    );
    expect(JSON.parse(makeStreamChunk(IDENTITY, 5, [], USAGE))).toMatchObject({ choices: [], usage: USAGE });
  });
});

describe('a chunk that is too long for a line', () => {
  interface Piece extends JsonObject {
    choices: { index: number; delta: Record<string, string>; finish_reason?: string }[];
  }

  /** The pieces as they go out, with the longest name a model can have. */
  function split(text: string): Piece[] {
    const long = { id: IDENTITY.id, model: 'm'.repeat(128) };
    return splitLongChunk(text, JSON.parse(text) as JsonObject).map((piece) => {
      const line = dataEvent(rewriteStreamChunk(piece, long));
      expect(new TextEncoder().encode(line).length).toBeLessThan(65_536);
      expect(piece).not.toContain('\n');
      return JSON.parse(piece) as Piece;
    });
  }

  const joined = (pieces: readonly Piece[], field: string, index = 0) =>
    pieces
      .flatMap(({ choices }) => choices)
      .filter((choice) => choice.index === index)
      .map(({ delta }) => delta[field] ?? '')
      .join('');

  test.each<[string, string]>([
    ['letters', 'x'.repeat(200_000)],
    ['Chinese, of fewer characters than it has bytes', '你好吗'.repeat(10_000)],
    ['pairs of surrogates', '😀'.repeat(50_000)],
    ['pairs of surrogates, off by one', `x${'😀'.repeat(50_000)}`],
    ['control characters, six bytes each', '\u0001'.repeat(50_000)],
    ['halves of characters', '\ud800'.repeat(30_000)],
    ['quotes and backslashes', '\\"'.repeat(60_000)],
  ])('%s', (_, content) => {
    const text = chunkText(
      { delta: { role: 'assistant', content }, finish_reason: 'stop' },
      { citations: ['a'] },
    );
    const pieces = split(text);
    expect(pieces.length).toBeGreaterThan(1);
    expect(joined(pieces, 'content')).toBe(content);
    if (content.isWellFormed()) {
      expect(pieces.every(({ choices }) => (choices[0]?.delta.content ?? '').isWellFormed())).toBe(true);
    }
    expect(pieces.map(({ choices }) => choices[0]?.finish_reason)).toEqual([
      ...Array(pieces.length - 1).fill(undefined),
      'stop',
    ]);
    // Said once, on the first piece; the head that is the same in every chunk is on all of them.
    expect(pieces.map((piece) => [piece.citations, piece.choices[0]?.delta.role])).toEqual([
      [['a'], 'assistant'],
      ...Array(pieces.length - 1).fill([undefined, undefined]),
    ]);
    expect(pieces.every((piece) => piece.created === 1_732_500_000 && piece.object !== undefined)).toBe(true);
  });

  test('any text, however it mixes, is put together again', () => {
    const unit = fc.constantFrom('a', 'é', '你', '😀', '"', '\\', '\u0000', '\ud83d', '\u2028');
    const run = fc
      .tuple(unit, fc.integer({ min: 1, max: 30_000 }))
      .map(([each, times]) => each.repeat(times));
    const content = fc.array(run, { minLength: 1, maxLength: 6 }).map((runs) => runs.join(''));
    fc.assert(
      fc.property(content, content, (said, thought) => {
        const text = chunkText({
          delta: { content: said, reasoning_content: thought },
          finish_reason: 'length',
        });
        const pieces = split(text);
        expect(joined(pieces, 'content')).toBe(said);
        expect(joined(pieces, 'reasoning_content')).toBe(thought);
        expect(pieces.map(({ choices }) => choices[0]?.finish_reason !== undefined)).toEqual(
          pieces.map((_, index) => index === pieces.length - 1),
        );
      }),
      { numRuns: 30 },
    );
  });

  test('one that fits is passed on as it is', () => {
    for (const content of ['x'.repeat(60_000), '你'.repeat(20_000)]) {
      const text = ` ${chunkText({ delta: { content }, finish_reason: 'stop' })} `;
      expect(splitLongChunk(text, JSON.parse(text))).toEqual([text]);
    }
  });

  test('a tool call stays whole, whatever its size', () => {
    const delta = {
      tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: 'x'.repeat(100_000) } }],
    };
    const text = chunkText({ delta: { ...delta, content: '' }, finish_reason: 'tool_calls' });
    expect(splitLongChunk(text, JSON.parse(text))).toEqual([text]);

    const talkative = chunkText({
      delta: { ...delta, content: 'y'.repeat(20_000) },
      finish_reason: 'tool_calls',
    });
    const pieces = splitLongChunk(talkative, JSON.parse(talkative)).map(
      (piece) => JSON.parse(piece) as Piece,
    );
    expect(pieces[0]?.choices[0]?.delta).toEqual({ ...delta, content: '' } as never);
    expect(joined(pieces, 'content')).toBe('y'.repeat(20_000));
    expect(JSON.stringify(pieces.slice(1))).not.toContain('tool_calls":[');
  });

  test('every choice keeps its own text and its own end', () => {
    const choices = [
      { index: 0, delta: { content: 'a'.repeat(50_000) }, finish_reason: 'stop' },
      { index: 1, delta: { content: 'b'.repeat(50_000) } },
      { index: 2, delta: {}, finish_reason: 'length' },
    ];
    const pieces = split(JSON.stringify({ id: 'x', choices, usage: USAGE }));
    expect(joined(pieces, 'content', 0)).toBe('a'.repeat(50_000));
    expect(joined(pieces, 'content', 1)).toBe('b'.repeat(50_000));
    expect(pieces.every((piece) => piece.choices.length === 1)).toBe(true);
    const ends = pieces
      .flatMap((piece) => piece.choices)
      .filter((choice) => choice.finish_reason !== undefined);
    expect(ends.map(({ index, finish_reason }) => [index, finish_reason])).toEqual([
      [0, 'stop'],
      [2, 'length'],
    ]);
    expect(pieces.filter((piece) => 'usage' in piece)).toHaveLength(1);
  });

  test('what cannot be divided is left to be refused elsewhere', () => {
    for (const value of [
      { x: 'y'.repeat(70_000) },
      { choices: 'z'.repeat(70_000) },
      { choices: ['z'.repeat(70_000)] },
    ]) {
      const text = JSON.stringify(value);
      expect(splitLongChunk(text, value)).toEqual([text]);
    }
  });
});
