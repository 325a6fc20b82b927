import { expect, test } from 'bun:test';
import { readMessages } from './read-messages.ts';

const one = (message: unknown) => readMessages([message])[0];

test('system, developer, user and assistant become the roles that templates know', () => {
  expect(one({ role: 'developer', content: 'be brief' })).toEqual({ role: 'system', content: 'be brief' });
  expect(
    one({
      role: 'user',
      content: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
    }),
  ).toEqual({
    role: 'user',
    content: 'a\nb',
  });
  expect(one({ role: 'assistant', content: null })).toEqual({ role: 'assistant', content: '' });
});

test('tool calls and their results are told in words', () => {
  const call = { id: 'c1', function: { name: 'weather', arguments: '{"city":"Bern"}' } };
  expect(one({ role: 'assistant', content: 'Let me see.', tool_calls: [call] })?.content).toBe(
    'Let me see.\nCalled weather with {"city":"Bern"}',
  );
  expect(one({ role: 'tool', tool_call_id: 'c1', content: 'rain' })).toEqual({
    role: 'user',
    content: 'Result of c1:\nrain',
  });
});

test.each<[unknown, string]>([
  [null, 'messages[0]'],
  [{ role: 'robot', content: 'x' }, 'messages[0].role'],
  [{ role: 'user', content: 7 }, 'messages[0].content'],
  [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }, 'messages[0].content'],
  [{ role: 'user', content: [{ type: 'input_audio' }] }, 'messages[0].content'],
  [{ role: 'user', content: [null] }, 'messages[0].content'],
])('%j is refused and its place is named', (message, parameter) => {
  expect(() => readMessages([message])).toThrow(expect.objectContaining({ status: 400, parameter }));
});
