import { expect, test } from 'bun:test';
import {
  countPromptTokens,
  TOKENS_BEFORE_ANSWER,
  TOKENS_PER_MESSAGE,
  TOKENS_PER_NAME,
} from './count-prompt.ts';
import type { ChatBody, ChatMessage } from './upstream.ts';

/** A token is a character, so that every figure can be added up by eye. */
const characters = {
  count: async (text: string | readonly string[]) => ({
    tokens: [text].flat().reduce((total, each) => total + each.length, 0),
    exact: true,
  }),
};

const count = (messages: readonly unknown[], fields: Record<string, unknown> = {}) =>
  countPromptTokens({ model: 'm', messages: messages as ChatMessage[], ...fields } as ChatBody, characters);

const EMPTY = TOKENS_BEFORE_ANSWER + TOKENS_PER_MESSAGE;

test('a message is its text and the overhead', async () => {
  expect(await count([{ role: 'user', content: 'hello' }])).toEqual({
    tokens: EMPTY + 5,
    textTokens: EMPTY + 5,
    imageTokens: 0,
    exact: true,
  });
});

test('every part of a prompt counts', async () => {
  const tokens = async (message: object, fields?: Record<string, unknown>) =>
    (await count([{ role: 'user', ...message }], fields)).tokens - EMPTY;
  expect(await tokens({ content: 'hi', name: 'Ada' })).toBe(2 + 3 + TOKENS_PER_NAME);
  expect(
    await tokens({
      content: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'bc' },
      ],
    }),
  ).toBe(3);
  expect(await tokens({ content: null, tool_calls: [{ id: 'x' }] })).toBe('[{"id":"x"}]'.length);
  expect(await tokens({ content: 'ok', tool_call_id: 'call_1' })).toBe(2 + 6);
  expect(await tokens({ content: 'ok', reasoning_content: 'why' })).toBe(2 + 3);
  expect(await tokens({ content: [{ type: 'file', file: 1 }] })).toBe('{"type":"file","file":1}'.length);
  expect(await tokens({ content: '' }, { tools: [{ a: 1 }] })).toBe('[{"a":1}]'.length);
  const format = { type: 'json_schema', json_schema: { schema: {} } };
  expect(await tokens({ content: '' }, { response_format: format })).toBe('{"schema":{}}'.length);
  expect(
    await tokens({ content: '' }, { response_format: { type: 'json_object' }, temperature: 0, stop: ['x'] }),
  ).toBe(0);
});

test('images count by their size, in both spellings, and as the dearest where it is unknown', async () => {
  const gif = (width: number) =>
    Buffer.from(`GIF89a${String.fromCharCode(width & 0xff, width >> 8, 8, 0)}`, 'latin1');
  const url = (width: number) => `data:image/gif;base64,${gif(width).toString('base64')}`;
  const images = async (...content: unknown[]) => (await count([{ role: 'user', content }])).imageTokens;
  expect(await images({ type: 'image_url', image_url: { url: url(8) } })).toBe(256);
  expect(await images({ type: 'image_url', image_url: url(449) })).toBe(768);
  expect(
    await images(
      { type: 'input_image', image_url: url(8) },
      { type: 'image_url', image_url: { url: url(8) } },
    ),
  ).toBe(512);
  expect(await images({ type: 'image_url', image_url: { url: 'https://example.com/a.png' } })).toBe(1792);
  expect(await images({ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } })).toBe(1792);
  expect(await images({ type: 'image_url' })).toBe(1792);
});

test('a bound is passed on as a bound', async () => {
  const bound = { count: async () => ({ tokens: 10, exact: false }) };
  const body: ChatBody = { model: 'm', messages: [{ role: 'user', content: 'x' }] };
  expect(await countPromptTokens(body, bound)).toMatchObject({ tokens: EMPTY + 10, exact: false });
});
