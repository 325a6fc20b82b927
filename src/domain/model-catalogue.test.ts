import { expect, test } from 'bun:test';
import { type CatalogueModel, ModelCatalogue, modelFault } from './model-catalogue.ts';

const GROK: CatalogueModel = {
  id: 'grok-beta',
  aliases: ['grok', 'grok-2'],
  inputModalities: ['text'],
  outputModalities: ['text'],
  contextTokens: 131_072,
  maximumOutputTokens: 16_384,
  limits: { requestsPerSecond: 1, requestsPerMinute: 60, requestsPerHour: 1_200 },
  prices: [
    {
      validFromMs: 0,
      inputTicksPerToken: 50_000n,
      cachedInputTicksPerToken: 50_000n,
      imageInputTicksPerToken: 50_000n,
      audioInputTicksPerToken: 0n,
      outputTicksPerToken: 150_000n,
    },
  ],
  createdAtMs: 0,
  ownedBy: 'xai',
  enabled: true,
};

test('a model is found by its id and by each alias', () => {
  const catalogue = new ModelCatalogue([GROK]);
  for (const name of ['grok-beta', 'grok', 'grok-2']) expect(catalogue.find(name)?.id).toBe('grok-beta');
  for (const name of ['', 'GROK-BETA', 'grok-beta ', '__proto__', 'constructor', 'toString']) {
    expect(catalogue.find(name)).toBeUndefined();
  }
});

test('an alias never hides another model, in whatever order they come', () => {
  const own = { ...GROK, id: 'grok-2', aliases: ['grok-beta'] };
  for (const models of [
    [GROK, own],
    [own, GROK],
  ]) {
    const catalogue = new ModelCatalogue(models);
    expect(catalogue.find('grok-2')?.id).toBe('grok-2');
    expect(catalogue.find('grok-beta')?.id).toBe('grok-beta');
  }
});

test('a model that is switched off is neither listed nor found, nor do its aliases stand in the way', () => {
  const off = { ...GROK, enabled: false };
  const heir = { ...GROK, id: 'heir', aliases: ['grok'] };
  const catalogue = new ModelCatalogue([heir, off]);
  expect(catalogue.models.map(({ id }) => id)).toEqual(['heir']);
  expect(catalogue.find('grok-beta')).toBeUndefined();
  expect(catalogue.find('grok')?.id).toBe('heir');
});

test('the model of the walk-through is well defined', () => {
  expect(modelFault(GROK)).toBeUndefined();
  expect(modelFault({ ...GROK, limits: {}, aliases: [] })).toBeUndefined();
});

const PRICE = GROK.prices[0] as CatalogueModel['prices'][number];

test.each<[string, Partial<CatalogueModel>]>([
  ['a model id', { id: '' }],
  ['a model id', { id: '-grok' }],
  ['a model id', { id: 'grok beta' }],
  ['a model id', { id: 'grok\n' }],
  ['a model id', { id: 'g'.repeat(129) }],
  ['an alias', { aliases: ['ok', 'a\u202eb'] }],
  ['at most 32 aliases', { aliases: Array.from({ length: 33 }, (_, index) => `alias-${index}`) }],
  ['at least text', { inputModalities: ['image'] }],
  ['the context', { contextTokens: 0 }],
  ['the context', { contextTokens: 1.5 }],
  ['the context', { contextTokens: Number.NaN }],
  ['the maximum output', { maximumOutputTokens: Number.POSITIVE_INFINITY }],
  ['a limit', { limits: { requestsPerMinute: -1 } }],
  ['a limit', { limits: { requestsPerMinute: Number.NaN } }],
  ['at least one price', { prices: [] }],
  ['a price', { prices: [{ ...PRICE, outputTicksPerToken: -1n }] }],
  ['a price', { prices: [PRICE, { ...PRICE, validFromMs: Number.NaN }] }],
])('%s (row %#): anything else is refused', (words, change) => {
  expect(modelFault({ ...GROK, ...change })).toContain(words);
});
