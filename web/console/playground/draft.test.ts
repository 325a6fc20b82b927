import { expect, test } from 'bun:test';
import { emptyMessage, newDraft, readDraft } from './draft.ts';

const DRAFT = { ...newDraft(), model: 'grok-beta', messages: [emptyMessage('user', { text: 'Hi' })] };

test('what was left empty is not in the body', () => {
  expect(readDraft(DRAFT)).toEqual({
    model: 'grok-beta',
    messages: [{ role: 'user', content: 'Hi' }],
    stream: true,
  });
});

test('everything that was filled in is, as the API spells it', () => {
  const body = readDraft({
    ...DRAFT,
    system: 'Be brief.',
    messages: [
      emptyMessage('user', { text: 'What is this?', images: ['data:image/png;base64,AA=='] }),
      emptyMessage('assistant', { toolCalls: [{ id: 'c1', name: 'look', arguments: '{}' }] }),
      emptyMessage('tool', { toolCallId: 'c1', text: '' }),
      emptyMessage('user'),
    ],
    numbers: { temperature: '0', top_p: '0.5', max_tokens: '64', seed: '-7' },
    stops: 'END\n\n\\n',
    format: 'json_object',
    tools: '[{"type":"function","function":{"name":"look"}}]',
    more: '{"reasoning_effort":"low","temperature":1}',
  });
  expect(body).toEqual({
    model: 'grok-beta',
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
          { type: 'text', text: 'What is this?' },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: '' },
    ],
    stream: true,
    temperature: 1,
    top_p: 0.5,
    max_tokens: 64,
    seed: -7,
    stop: ['END', '\\n'],
    response_format: { type: 'json_object' },
    tools: [{ type: 'function', function: { name: 'look' } }],
    reasoning_effort: 'low',
  });
});

test('what cannot be read is named', () => {
  const numbers = (part: object) => readDraft({ ...DRAFT, numbers: { ...DRAFT.numbers, ...part } });
  expect(readDraft({ ...DRAFT, model: '' })).toBe('model');
  expect(readDraft({ ...DRAFT, messages: [emptyMessage('user', { text: ' ' })] })).toBe('messages');
  expect(numbers({ temperature: '2.1' })).toBe('temperature');
  expect(numbers({ top_p: 'much' })).toBe('top_p');
  expect(numbers({ max_tokens: '1.5' })).toBe('max_tokens');
  expect(readDraft({ ...DRAFT, tools: '{}' })).toBe('tools');
  expect(readDraft({ ...DRAFT, tools: '[' })).toBe('tools');
  expect(readDraft({ ...DRAFT, more: '[]' })).toBe('more');
  expect(readDraft({ ...DRAFT, more: 'temperature: 1' })).toBe('more');
});
