import { describe, expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { isSaneUsage, type TokenUsage } from '../../domain/usage.ts';
import { readUsage, writeUsage } from './usage.ts';

interface UsageFixture {
  readonly why: string;
  readonly usage: unknown;
  readonly tokens: TokenUsage | null;
}

const FIXTURES = join(import.meta.dirname, 'fixtures');
const fixtures = readdirSync(FIXTURES)
  .filter((name) => name.startsWith('usage-'))
  .map((name) => ({
    name: name.replace(/^usage-|\.json$/g, ''),
    ...(JSON.parse(readFileSync(join(FIXTURES, name), 'utf8')) as UsageFixture),
  }));

describe("every provider's spelling", () => {
  test('is here', () => expect(fixtures.length).toBeGreaterThan(20));

  test.each(fixtures)('$name: $why', ({ usage, tokens }) => {
    expect(readUsage(usage)).toEqual(tokens ?? undefined);
  });
});

const SANE = '"prompt_tokens":10,"completion_tokens":5';
test.each([
  'null',
  '[]',
  '"10"',
  '7',
  '{}',
  '{"completion_tokens":5}',
  '{"prompt_tokens":null,"completion_tokens":5}',
  '{"prompt_tokens":"10","completion_tokens":5}',
  '{"prompt_tokens":10,"completion_tokens":"5"}',
  '{"prompt_tokens":-1,"completion_tokens":5}',
  '{"prompt_tokens":10,"completion_tokens":-5}',
  '{"prompt_tokens":10.5,"completion_tokens":5}',
  '{"prompt_tokens":10,"completion_tokens":0.1}',
  '{"prompt_tokens":9223372036854775808,"completion_tokens":5}',
  '{"prompt_tokens":10,"completion_tokens":1e309}',
  '{"prompt_tokens":10,"completion_tokens":true}',
  '{"prompt_tokens":-5,"completion_tokens":5,"cached_tokens":5}',
  '{"prompt_tokens":10,"completion_tokens":-5,"completion_tokens_details":{"reasoning_tokens":-10}}',
  '{"prompt_tokens":10,"completion_tokens":-5,"total_tokens":15,"completion_tokens_details":{"reasoning_tokens":10}}',
  `{${SANE},"prompt_tokens_details":{"cached_tokens":-1}}`,
  `{${SANE},"prompt_tokens_details":{"cached_tokens":"3"}}`,
  `{${SANE},"prompt_tokens_details":{"cached_tokens":1e309}}`,
  `{${SANE},"cached_tokens":[]}`,
  `{${SANE},"prompt_tokens_details":{"image_tokens":11}}`,
  `{${SANE},"prompt_tokens_details":{"image_tokens":6,"audio_tokens":5}}`,
  `{${SANE},"completion_tokens_details":{"reasoning_tokens":1.5}}`,
  `{${SANE},"reasoning_tokens":9223372036854775807}`,
  '{"input_tokens":5,"output_tokens":1,"cache_read_input_tokens":0,"cache_creation_input_tokens":-1}',
  '{"input_tokens":-5,"output_tokens":1,"cache_read_input_tokens":5,"cache_creation_input_tokens":10}',
])('%s is no usage', (text) => {
  expect(readUsage(JSON.parse(text))).toBeUndefined();
});

test('whatever comes, what is read is sane', () => {
  const number = fc.oneof(
    fc.integer({ min: -3, max: 200 }),
    fc.double(),
    fc.constantFrom(2 ** 63, '5', null, true),
  );
  const part = fc.oneof(
    number,
    fc.dictionary(
      fc.constantFrom('cached_tokens', 'reasoning_tokens', 'image_tokens', 'audio_tokens'),
      number,
    ),
  );
  const NAMES = [
    ...[
      'prompt_tokens',
      'completion_tokens',
      'total_tokens',
      'input_tokens',
      'output_tokens',
      'cached_tokens',
    ],
    ...['prompt_tokens_details', 'completion_tokens_details', 'input_tokens_details', 'reasoning_tokens'],
    ...['cache_read_input_tokens', 'cache_creation_input_tokens', 'prompt_cache_hit_tokens'],
  ];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...NAMES), part), (value) => {
      const usage = readUsage(value);
      expect(usage === undefined || isSaneUsage(usage)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

const count = fc.nat({ max: 1_000_000 });
const sane: fc.Arbitrary<TokenUsage> = fc
  .tuple(count, count, count, count, count, count)
  .map(([input, cached, image, audio, outputTokens, reasoningTokens]) => {
    const imageInputTokens = Math.min(image, input);
    return {
      inputTokens: input,
      cachedInputTokens: Math.min(cached, input),
      imageInputTokens,
      audioInputTokens: Math.min(audio, input - imageInputTokens),
      outputTokens,
      reasoningTokens,
    };
  });

test('our own figure is read back as it was written, and adds up as on the xAI wire', () => {
  fc.assert(
    fc.property(sane, (usage) => {
      const written = JSON.parse(JSON.stringify(writeUsage(usage, 1n)));
      expect(readUsage(written)).toEqual(usage);
      const {
        prompt_tokens,
        completion_tokens,
        total_tokens,
        prompt_tokens_details,
        completion_tokens_details,
      } = written;
      expect(total_tokens).toBe(
        prompt_tokens + completion_tokens + completion_tokens_details.reasoning_tokens,
      );
      const { text_tokens, image_tokens, audio_tokens } = prompt_tokens_details;
      expect(text_tokens + image_tokens + audio_tokens).toBe(prompt_tokens);
    }),
  );
});

test('our own figure has the shape and the order of the xAI wire', () => {
  const usage = {
    ...(readUsage({ prompt_tokens: 14, completion_tokens: 9 }) as TokenUsage),
    reasoningTokens: 3,
  };
  expect(JSON.stringify(writeUsage(usage, 1_180_000n))).toBe(
    JSON.stringify({
      prompt_tokens: 14,
      completion_tokens: 9,
      total_tokens: 26,
      prompt_tokens_details: { text_tokens: 14, audio_tokens: 0, image_tokens: 0, cached_tokens: 0 },
      completion_tokens_details: {
        reasoning_tokens: 3,
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
      num_sources_used: 0,
      cost_in_usd_ticks: 1_180_000,
    }),
  );
});
