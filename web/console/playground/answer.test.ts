import { expect, test } from 'bun:test';
import { addSaid, NO_ANSWER, readSaid, takeChunks } from './answer.ts';

const chunk = (delta: object, more: object = {}) => ({ choices: [{ index: 0, delta, ...more }] });

test('a stream is put together from whole events, wherever it was cut', () => {
  const first = takeChunks('data: {"choices":[]}\n\n: still here\n\ndata: {"cho');
  expect(first.chunks).toHaveLength(1);
  const second = takeChunks(`${first.rest}ices":[]}\n\ndata: [DONE]\n\n`);
  expect(second).toEqual({ chunks: [{ choices: [] }], rest: '' });
});

test('texts, calls of tools and figures grow with their pieces', () => {
  const call = (part: object) => chunk({ tool_calls: [{ index: 0, ...part }] });
  const answer = [
    chunk({ role: 'assistant', content: '' }),
    chunk({ reasoning_content: 'Hm.' }),
    chunk({ content: 'Let me ' }),
    chunk({ content: 'look.' }),
    call({ id: 'c1', function: { name: 'look', arguments: '{"a"' } }),
    call({ function: { arguments: ':1}' } }),
    chunk({}, { finish_reason: 'tool_calls' }),
    { choices: [], usage: { prompt_tokens: 3, completion_tokens: 5, cost_in_usd_ticks: 900_000 } },
  ].reduce(addSaid, NO_ANSWER);
  expect(answer).toEqual({
    text: 'Let me look.',
    reasoning: 'Hm.',
    toolCalls: [{ id: 'c1', name: 'look', arguments: '{"a":1}' }],
    finish: 'tool_calls',
    usage: { inputTokens: 3, outputTokens: 5, costTicks: '900000' },
    error: undefined,
  });
});

test('an answer in one piece and an error are read as well', () => {
  const whole = { choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }] };
  expect(addSaid(NO_ANSWER, whole)).toMatchObject({ text: 'Hi', finish: 'stop' });
  expect(addSaid(NO_ANSWER, { error: 'too fast' }).error).toBe('too fast');
  expect(addSaid(NO_ANSWER, { error: { message: 'too fast' } }).error).toBe('too fast');
  expect(readSaid('<html>')).toEqual([]);
});
