import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { dataEvent } from '../server-sent-events/write-events.ts';
import { RepeatedChunk } from './repeated-chunk.ts';
import { readStreamChunk, rewriteStreamChunk } from './stream.ts';

const IDENTITY = { id: 'our-id', model: 'our-model' };
const rewrite = (data: string) => rewriteStreamChunk(data, IDENTITY);

/** Reads a chunk the long way and has it learnt. */
function learnt(data: string): RepeatedChunk {
  const repeated = new RepeatedChunk();
  learn(repeated, data);
  return repeated;
}

function learn(repeated: RepeatedChunk, data: string) {
  const chunk = readStreamChunk(data);
  if (chunk.kind !== 'chunk') throw new Error('no chunk');
  repeated.learn(chunk.text, chunk.value, rewrite);
}

/** A chunk of `content`; `more` goes into it as it is written. */
function chunkOf(content: string, more = '', name = 'upstream'): string {
  return `{"id":"c","object":"chat.completion.chunk", "created":1.0,"model":"${name}","choices":[{"index":0,"delta":{"content":${JSON.stringify(content)}},"finish_reason":null}]${more}}`;
}

const eventOf = (data: string) => new TextEncoder().encode(dataEvent(data));

/** What a piece becomes, in letters. */
function matchEvent(repeated: RepeatedChunk, piece: Uint8Array) {
  const match = repeated.matchEvent(piece);
  return match && { written: match.written, text: new TextDecoder().decode(match.event) };
}

test('the next chunk is what the long way would have made of it, and its text is told', () => {
  const repeated = learnt(chunkOf('one', ',"usage":null,"big":12345678901234567890'));
  const next = chunkOf(' 两 😀', ',"usage":null,"big":12345678901234567890');
  expect(repeated.match(next)).toEqual({ written: ' 两 😀', text: rewrite(next) });
  expect(matchEvent(repeated, eventOf(next))).toEqual({ written: ' 两 😀', text: dataEvent(rewrite(next)) });
  expect(rewrite(next)).not.toContain('usage');
});

test('a piece that is not just one event of just that kind, or no text, is not matched', () => {
  const repeated = learnt(chunkOf('one'));
  const event = eventOf(chunkOf('two'));
  const text = new TextDecoder().decode(event);
  const bytes = new TextEncoder();
  expect(matchEvent(repeated, event)?.written).toBe('two');
  for (const piece of [
    bytes.encode(text + text),
    bytes.encode(text.slice(0, -1)),
    bytes.encode(`${text}:`),
    bytes.encode(text.replace('data: ', 'data:')),
    bytes.encode(text.replaceAll('\n', '\r\n')),
    event.subarray(1),
  ]) {
    expect(repeated.matchEvent(piece)).toBeUndefined();
  }
  const wordAt = text.indexOf('two');
  expect(repeated.matchEvent(event.with(wordAt, 0xe4))).toBeUndefined();
  expect(new RepeatedChunk().matchEvent(event)).toBeUndefined();
});

test('a byte-order mark in a text is a part of it', () => {
  const next = chunkOf('\uFEFFa');
  expect(matchEvent(learnt(chunkOf('one')), eventOf(next))?.written).toBe('\uFEFFa');
});

test('the same text elsewhere in the chunk is not mistaken for the content', () => {
  for (const text of ['upstream', 'c', 'content', 'delta', 'chat.completion.chunk']) {
    const next = chunkOf('x');
    expect(learnt(chunkOf(text)).match(next)).toEqual({ written: 'x', text: rewrite(next) });
  }
});

describe('anything that is more than other words goes the long way', () => {
  const repeated = learnt(chunkOf('one'));
  const others: Record<string, string> = {
    'an escape': chunkOf('a\nb'),
    'a quote': chunkOf('a"b'),
    'another member that the text smuggles in': chunkOf('@').replace(
      '@',
      '"},"finish_reason":"stop","x":{"y":"',
    ),
    'no text': chunkOf(''),
    'a finish': chunkOf('a').replace('null', '"stop"'),
    'a usage': chunkOf('a', ',"usage":{"prompt_tokens":1,"completion_tokens":1}'),
    'another choice': chunkOf('a').replace('"index":0', '"index":1'),
    'another head': chunkOf('a', '', 'another'),
    'half a chunk': chunkOf('abc').slice(0, -3),
    'a control character': chunkOf('@').replace('@', '\u0001'),
    'a very long text': chunkOf('x'.repeat(20_000)),
    '[DONE]': '[DONE]',
  };
  for (const [name, data] of Object.entries(others)) {
    test(name, () => {
      expect(repeated.match(data)).toBeUndefined();
      expect(repeated.matchEvent(eventOf(data))).toBeUndefined();
    });
  }

  test('and nothing is learnt from it', () => {
    for (const data of [
      chunkOf('a', ',"usage":{"prompt_tokens":1,"completion_tokens":1}'),
      chunkOf('a').replace('null', '"stop"'),
      chunkOf('a').replace('"content":"a"', '"content":"a","reasoning_content":"b"'),
      chunkOf('a').replace('"content":"a"', '"content":"a","tool_calls":[{"index":0}]'),
      chunkOf(''),
      chunkOf('a"b'),
      '{"choices":[]}',
    ]) {
      expect(learnt(data).match(chunkOf('next'))).toBeUndefined();
    }
  });
});

test('whatever a stream holds, the short way and the long way make the same of it', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('c', 'upstream', '"', '\\', '\n', ' a'),
  );
  const more = fc.constantFrom('', ',"usage":null', ',"x":[1, 2.50]', ',"model":"twice"', ' ');
  const name = fc.constantFrom('upstream', 'c', 'm');
  fc.assert(
    fc.property(fc.array(fc.tuple(word, more, name), { minLength: 2, maxLength: 12 }), (stream) => {
      const repeated = new RepeatedChunk();
      for (const [content, rest, model] of stream) {
        const data = chunkOf(content, rest, model);
        const match = repeated.match(data);
        const long = readStreamChunk(data);
        // Half a surrogate pair has no bytes of its own.
        if (data.isWellFormed())
          expect(matchEvent(repeated, eventOf(data))).toEqual(
            match && { written: match.written, text: dataEvent(match.text) },
          );
        if (match !== undefined) {
          if (long.kind !== 'chunk') throw new Error('the long way would not have relayed it');
          expect(match).toEqual({ written: long.written, text: rewrite(long.text) });
          expect({ usage: long.usage, finishes: long.finishes }).toEqual({
            usage: undefined,
            finishes: false,
          });
        } else if (long.kind === 'chunk') {
          repeated.learn(long.text, long.value, rewrite);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});
