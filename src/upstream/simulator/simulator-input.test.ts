import { expect, test } from 'bun:test';
import { type Answer, ask, type Fields, never, send, simulator } from '../../../test/fakes/ask-simulator.ts';
import type { GuardedFetchResult } from '../connection-guarded.ts';

const TOOLS = [{ type: 'function', function: { name: 'get_time' } }];
const gif = (width: number) => Buffer.from([...Buffer.from('GIF89a'), width, 0, 8, 0]);
const dataUrl = (bytes: Uint8Array) => `data:image/gif;base64,${Buffer.from(bytes).toString('base64')}`;
const withImages = (...urls: string[]) => ({
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?' },
        ...urls.map((url) => ({ type: 'image_url', image_url: { url } })),
      ],
    },
  ],
});

test('looks at images and counts them', async () => {
  const answer = await ask(withImages(dataUrl(gif(9)), dataUrl(gif(7))));
  expect(answer.choices[0]?.message.content).toContain('Image 1 is a GIF of 9 × 8 pixels and 10 bytes.');
  expect(answer.choices[0]?.message.content).toContain('Image 2 is a GIF of 7 × 8 pixels and 10 bytes.');
  expect(answer.usage.prompt_tokens_details.image_tokens).toBe(512);
});

test('fetches an image at an address as it is told to, and says in words what failed', async () => {
  const found = async (url: string): Promise<GuardedFetchResult> =>
    url.endsWith('gif')
      ? { ok: true, bytes: gif(5), contentType: null }
      : { ok: false, reason: 'status', words: 'could not be fetched: its server does not have it.' };
  const fetchImage = { fetchImage: found };
  const answer = await ask(withImages('https://example.com/a.gif'), fetchImage);
  expect(answer.choices[0]?.message.content).toContain('5 × 8 pixels');
  expect(answer.usage.prompt_tokens_details.image_tokens).toBe(1_792);
  const failed = await send(withImages('https://example.com/b'), fetchImage);
  expect(failed.status).toBe(400);
  expect((await new Response(failed.body).json()).error).toMatchObject({
    message: 'The image in messages[0].content[1] could not be fetched: its server does not have it.',
    param: 'messages[0].content[1]',
  });
  const nine = Array.from({ length: 9 }, () => 'https://example.com/a.gif');
  expect((await send(withImages(...nine), fetchImage)).status).toBe(400);
});

test.each([
  [withImages('https://example.com/a.gif'), 'fetches nothing'],
  [withImages('data:image/png;base64,!!!!'), 'not valid base64'],
  [withImages(dataUrl(Buffer.from('hello world'))), 'is no PNG, JPEG, GIF or WebP'],
  [withImages(dataUrl(Buffer.alloc(10 * 1024 * 1024 + 1))), 'is larger than'],
  [withImages(...Array.from({ length: 65 }, () => dataUrl(gif(1)))), '64 images'],
  [{ messages: [] }, "'messages'"],
  [{ messages: [1] }, "'messages'"],
  [{ n: 0 }, "'n'"],
  [{ n: 129 }, "'n'"],
  [{ max_tokens: 0 }, "'max_tokens'"],
  [{ max_completion_tokens: 1.5 }, "'max_completion_tokens'"],
  [{ stop: [1] }, "'stop'"],
  [{ tool_choice: 'required' }, "'tool_choice'"],
  [{ tools: TOOLS, tool_choice: { type: 'function', function: { name: 'nope' } } }, '"nope"'],
  [{ turnpike_simulator: 1 }, 'must be an object'],
  [{ turnpike_simulator: { token: 1 } }, 'has only the fields tokens'],
  [{ turnpike_simulator: { tokens: 0 } }, 'a whole number from 1 to 131072'],
  [{ turnpike_simulator: { tokens: 131_073 } }, 'a whole number from 1 to 131072'],
  [{ turnpike_simulator: { tokens: '9' } }, 'a whole number'],
  [{ turnpike_simulator: { tokens_per_second: -1 } }, 'a number from 0'],
  [{ turnpike_simulator: { first_token_ms: 600_001 } }, 'a whole number from 0 to 600000'],
  [{ turnpike_simulator: { reasoning_tokens: -1 } }, 'a whole number from 0'],
  [{ turnpike_simulator: { seed: 0.5 } }, 'a whole number from 0'],
  [{ turnpike_simulator: { fault: 'fire' } }, 'one of status-429'],
  [
    { turnpike_simulator: { tokens: 5 }, response_format: { type: 'json_object' } },
    'has no length to choose',
  ],
  [{ turnpike_simulator: { tokens: 5 }, tools: TOOLS, tool_choice: 'required' }, 'has no length to choose'],
])('refuses %j in words', async (fields: Fields, words) => {
  const response = await send(fields);
  expect(response.status).toBe(400);
  const { error } = (await new Response(response.body).json()) as Answer;
  expect(error).toMatchObject({ type: 'invalid_request_error' });
  expect(error?.message).toContain(words);
});

test('a body that is no JSON object is refused', async () => {
  for (const body of ['', '{', '[]', 'null', '['.repeat(500) + ']'.repeat(500)]) {
    expect((await simulator.send({ body, stream: false, signal: never })).status).toBe(400);
  }
});
