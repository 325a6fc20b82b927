import { describe, expect, test } from 'bun:test';
import { testModel, WALK_THROUGH_PRICE } from '../../test/fakes/test-gateway.ts';
import { presentLanguageModel, presentModel } from './present-model.ts';

const FACTS = {
  model: testModel({ createdAtMs: 1_730_700_000_999, inputModalities: ['text', 'image'] }),
  contextTokens: 8_192,
  simulated: false,
};

function priced(inputTicksPerToken: bigint, outputTicksPerToken: bigint) {
  const sheet = { ...WALK_THROUGH_PRICE, inputTicksPerToken, outputTicksPerToken };
  return presentModel({ ...FACTS, model: testModel({ prices: [sheet] }) }, 1) as {
    pricing?: { prompt: string; completion: string };
  };
}

test("a model in OpenAI's shape, with what OpenRouter's readers look for", () => {
  expect(presentModel(FACTS, 1)).toEqual({
    id: 'grok-beta',
    created: 1_730_700_000,
    object: 'model',
    owned_by: 'xai',
    aliases: ['grok-2'],
    name: 'grok-beta',
    context_length: 8_192,
    architecture: {
      modality: 'text+image->text',
      input_modalities: ['text', 'image'],
      output_modalities: ['text'],
    },
    top_provider: { context_length: 8_192, max_completion_tokens: 131_072, is_moderated: false },
    pricing: {
      prompt: '0.000005',
      completion: '0.000015',
      input_cache_read: '0.000005',
      request: '0',
      image: '0',
    },
    prompt_text_token_price: 50_000,
    cached_prompt_text_token_price: 50_000,
    prompt_image_token_price: 50_000,
    completion_text_token_price: 150_000,
  });
});

test("a model in xAI's own shape", () => {
  expect(presentLanguageModel(FACTS, 1)).toMatchObject({
    id: 'grok-beta',
    input_modalities: ['text', 'image'],
    prompt_text_token_price: 50_000,
    completion_text_token_price: 150_000,
    context_length: 8_192,
  });
});

describe('prices in dollars a token', () => {
  test.each([
    [0n, '0'],
    [1n, '0.0000000001'],
    [50_000n, '0.000005'],
    [12_345n, '0.0000012345'],
    [10_000_000_000n, '1'],
    [10_000_000_001n, '1.0000000001'],
    [1_000_000_000_000n, '100'],
  ])('%p ticks are %p: exact, and never in the way of floats', (ticks, text) => {
    expect(priced(ticks, 0n).pricing?.prompt).toBe(text);
    expect(priced(0n, ticks).pricing?.completion).toBe(text);
  });

  test('the sheet in force is shown; before the first one there is no price', () => {
    const [old, young] = [
      { ...WALK_THROUGH_PRICE, validFromMs: 10 },
      { ...WALK_THROUGH_PRICE, validFromMs: 20, inputTicksPerToken: 70_000n },
    ];
    const model = testModel({ prices: [old, young] });
    const at = (nowMs: number) => presentModel({ ...FACTS, model }, nowMs);
    expect(at(9)).not.toHaveProperty('pricing');
    expect(at(10)).toHaveProperty('pricing.prompt', '0.000005');
    expect(at(20)).toHaveProperty('pricing.prompt', '0.000007');
  });
});

test('a simulated model says so', () => {
  expect(presentModel({ ...FACTS, simulated: true }, 1)).toHaveProperty('simulated', true);
  expect(presentLanguageModel({ ...FACTS, simulated: true }, 1)).toHaveProperty('simulated', true);
});
