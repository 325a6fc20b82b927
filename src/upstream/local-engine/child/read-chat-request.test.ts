import { expect, test } from 'bun:test';
import { parseBody, readChatRequest } from './read-chat-request.ts';

const read = (more: object = {}) => readChatRequest({ messages: [{ role: 'user', content: 'hi' }], ...more });

test('what is not said takes its default', () => {
  expect(read()).toEqual({
    messages: [{ role: 'user', content: 'hi' }],
    stream: false,
    includeUsage: false,
    choices: 1,
    outputTokensAtMost: undefined,
    stops: [],
    sampling: { temperature: 0.7, topP: 0.95, seed: undefined, frequencyPenalty: 0, presencePenalty: 0 },
    format: { kind: 'text' },
  });
});

test('what is said is taken to the letter, and null is not said', () => {
  expect(
    read({ temperature: 0, top_p: 1, seed: -3, n: 2, stop: 'END', stream: true }).sampling,
  ).toMatchObject({
    temperature: 0,
    topP: 1,
    seed: 3,
  });
  expect(read({ temperature: null, max_tokens: null, stop: null }).sampling.temperature).toBe(0.7);
  expect(read({ stop: ['a', 'b'] }).stops).toEqual(['a', 'b']);
  expect(read({ stream: true, stream_options: { include_usage: true } }).includeUsage).toBe(true);
});

test('the newer of the two output limits wins', () => {
  expect(read({ max_tokens: 5 }).outputTokensAtMost).toBe(5);
  expect(read({ max_tokens: 5, max_completion_tokens: 7 }).outputTokensAtMost).toBe(7);
});

test.each<[string, unknown]>([
  ['n', 0],
  ['n', 17],
  ['n', 1.5],
  ['max_tokens', -1],
  ['max_tokens', '9'],
  ['max_tokens', Number.POSITIVE_INFINITY],
  ['temperature', 2.1],
  ['temperature', Number.NaN],
  ['top_p', -0.1],
  ['frequency_penalty', 3],
  ['stop', ''],
  ['stop', Array.from({ length: 17 }, () => 'x')],
  ['stop', [1]],
  ['response_format', 'json'],
  ['response_format', { type: 'json_schema' }],
  ['messages', []],
  ['messages', 'hi'],
  ['tools', [{ type: 'function', function: { name: 'f' } }]],
  ['logprobs', true],
])('%s = %j is refused with its name', (field, value) => {
  expect(() => read({ [field]: value })).toThrow(expect.objectContaining({ status: 400, parameter: field }));
});

test('tools that must not be used are no obstacle', () => {
  expect(read({ tools: [{ type: 'function' }], tool_choice: 'none' }).choices).toBe(1);
  expect(read({ tools: [] }).choices).toBe(1);
});

test('a body that is no JSON object is refused', () => {
  for (const text of ['', '{', '[]', 'null', '7']) {
    expect(() => parseBody(text)).toThrow(expect.objectContaining({ status: 400, code: 'invalid_json' }));
  }
});
