import { describe, expect, test } from 'bun:test';
import { readChatAnswer, rewriteChatAnswer } from './response.ts';

const ANSWER =
  '{\n  "id": "chatcmpl-1", "object":"chat.completion","created":1732500000,"model":"up",\n' +
  '  "choices":[{"index":0,"message":{"role":"assistant","content":"42\\u0021 \\/","refusal":null},"finish_reason":"stop"}],\n' +
  '  "usage":{"prompt_tokens":28,"completion_tokens":5,"total_tokens":33},"system_fingerprint":"fp_1","x":1e400,"y":-0\n}\n';

test('an answer is read for what it used and what was written', () => {
  expect(readChatAnswer(ANSWER)).toMatchObject({
    text: ANSWER,
    value: JSON.parse(ANSWER),
    usage: {
      inputTokens: 28,
      cachedInputTokens: 0,
      imageInputTokens: 0,
      audioInputTokens: 0,
      outputTokens: 5,
      reasoningTokens: 0,
    },
    written: '42! /',
  });
});

test('all choices, reasoning and calls count as written', () => {
  const answer = (...messages: object[]) =>
    readChatAnswer(JSON.stringify({ choices: messages.map((message) => ({ message })) }));
  const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } };
  expect(
    answer(
      { content: 'a', reasoning_content: 'b' },
      { content: null, tool_calls: [call] },
      { refusal: 'no' },
    ),
  ).toMatchObject({ written: 'abf{"a":1}no', usage: undefined });
  expect(answer({ content: 'a', reasoning_content: 'b', reasoning: 'b' })?.written).toBe('ab');
});

test('it is passed on to the byte, but for what is ours', () => {
  const id = '0197f6a2-9a7c-7d6e-8f3a-2b1c0d9e8f7a';
  expect(
    rewriteChatAnswer({ text: ANSWER, places: readChatAnswer(ANSWER)?.places }, id, 'grok-beta', {
      total_tokens: 1,
    }),
  ).toBe(
    ANSWER.replace('"chatcmpl-1"', `"${id}"`)
      .replace('"up"', '"grok-beta"')
      .replace('{"prompt_tokens":28,"completion_tokens":5,"total_tokens":33}', '{"total_tokens":1}'),
  );
  expect(rewriteChatAnswer({ text: '{"choices":[]}', places: undefined }, 'i', 'm', { a: 1 })).toBe(
    '{"choices":[],"id":"i","object":"chat.completion","model":"m","usage":{"a":1}}',
  );
});

test('a prototype is taken out of it, and the rest stays to the byte', () => {
  const answer = readChatAnswer(ANSWER.replace('"x"', '"__proto__":{"a":1},"x"'));
  expect(answer?.text).toBe(ANSWER);
});

describe('what is no answer, under a status of 200', () => {
  test.each([
    '',
    '<!doctype html><title>502</title>',
    ANSWER.slice(0, -20),
    'null',
    '[]',
    '{}',
    '{"choices":[]}',
    '{"choices":null}',
    '{"choices":{"0":{"message":{}}}}',
    '{"choices":[{}]}',
    '{"choices":[{"message":{"content":"a"}},{"message":"b"}]}',
    '{"choices":[{"delta":{"content":"a"}}]}',
    '{"error":{"message":"overloaded"}}',
    '{"code":"The service is currently unavailable","error":"Timed out waiting for first token"}',
    '{"error":{"code":502},"choices":[{"message":{"content":""}}]}',
    '{"base_resp":{"status_code":1008,"status_msg":"insufficient balance"},"choices":[{"message":{"content":""}}]}',
    '{"code":20012,"message":"Model does not exist","data":null}',
  ])('%j', (text) => {
    expect(readChatAnswer(text)).toBeUndefined();
  });

  test('a hundred thousand levels', () => {
    expect(readChatAnswer(`{"choices":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toBeUndefined();
  });
});
