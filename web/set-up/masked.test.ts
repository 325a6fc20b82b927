import { expect, test } from 'bun:test';
import { masked } from './masked.ts';

const KEY = 'xai-AAAABBBBCCCCDDDDEEEEFFFF1234Qd3k';

test.each([
  [KEY, 'xai-••••••••Qd3k'],
  [`-H "Authorization: Bearer ${KEY}"`, '-H "Authorization: Bearer xai-••••••••Qd3k"'],
  [`OPENAI_API_KEY=${KEY}`, 'OPENAI_API_KEY=xai-••••••••Qd3k'],
  ['https://generativelanguage.googleapis.com/v1beta', 'https://generativelanguage.googleapis.com/v1beta'],
  ['curl http://127.0.0.1:7501/v1/chat/completions', 'curl http://127.0.0.1:7501/v1/chat/completions'],
])('%s', (text, shown) => {
  expect(masked(text)).toBe(shown);
});
