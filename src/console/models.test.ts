import { expect, test } from 'bun:test';
import { codeOf, expectDone, openTestAccounts } from '../../test/fakes/test-accounts.ts';
import { modelFault } from '../domain/model-catalogue.ts';
import { priceAt } from '../domain/price.ts';
import { isRefusal } from '../domain/refusal.ts';
import { findModel } from './find-model.ts';
import { addPrice } from './price-model.ts';
import { putModel, removeModel } from './put-model.ts';
import { seedCatalogue } from './seed-catalogue.ts';
import { SHIPPED_CATALOGUE } from './shipped-catalogue.ts';

const NEW = { contextTokens: 1_000, prices: { input: 1n, output: 2n } };

async function seeded() {
  const ports = openTestAccounts();
  await seedCatalogue(ports);
  ports.changes.length = 0;
  return ports;
}

test('the shipped models are the ones of the walk-through', async () => {
  const ports = await seeded();
  const [beta, vision] = await ports.catalogue.list();
  expect(beta).toMatchObject({
    id: 'grok-beta',
    inputModalities: ['text'],
    contextTokens: 131_072,
    limits: { requestsPerSecond: 1, requestsPerMinute: 60, requestsPerHour: 1_200 },
    prices: [{ inputTicksPerToken: 50_000n, outputTicksPerToken: 150_000n }],
  });
  expect(vision).toMatchObject({
    id: 'grok-vision-beta',
    inputModalities: ['text', 'image'],
    contextTokens: 8_192,
    limits: { requestsPerSecond: 1, requestsPerMinute: 3, requestsPerHour: 60 },
  });
  for (const name of ['grok-2', 'grok-2-latest', 'grok-2-1212']) {
    expect(expectDone(await findModel(ports, name)).id).toBe('grok-beta');
  }
  for (const name of ['grok-2-vision', 'grok-2-vision-latest', 'grok-2-vision-1212']) {
    expect(expectDone(await findModel(ports, name)).id).toBe('grok-vision-beta');
  }
  for (const model of SHIPPED_CATALOGUE.models) expect(modelFault(model)).toBeUndefined();
});

test('a shipped model that was removed or edited stays so at the next start', async () => {
  const ports = await seeded();
  expectDone(await removeModel(ports, 'grok-vision-beta'));
  expectDone(await putModel(ports, 'grok-beta', { contextTokens: 5_000, removeAliases: ['grok-2'] }));
  await seedCatalogue(ports);
  expect(await ports.catalogue.list()).toMatchObject([{ id: 'grok-beta', contextTokens: 5_000 }]);
  expect(codeOf(await findModel(ports, 'grok-2'))).toBe('unknown-model');
});

test('a newer program brings its new models only, and leaves names alone that are taken', async () => {
  const ports = await seeded();
  expectDone(await removeModel(ports, 'grok-vision-beta'));
  expectDone(await putModel(ports, 'mine', { ...NEW, addAliases: ['grok-3-latest'] }));
  const [shipped] = SHIPPED_CATALOGUE.models;
  if (shipped === undefined) throw new Error('nothing is shipped');
  const newer = {
    version: 2,
    models: [
      ...SHIPPED_CATALOGUE.models,
      { ...shipped, id: 'grok-3', aliases: ['grok-3-latest', 'grok-3-beta'], sinceVersion: 2 },
    ],
  };
  await seedCatalogue(ports, newer);
  await seedCatalogue(ports, newer);
  const models = await ports.catalogue.list();
  expect(models.map(({ id }) => id)).toEqual(['grok-3', 'grok-beta', 'mine']);
  expect(models[0]?.aliases).toEqual(['grok-3-beta']);
});

test('a model is made with a context and prices, and changed field by field', async () => {
  const ports = await seeded();
  expect(codeOf(await putModel(ports, 'new', { prices: NEW.prices }))).toBe('model-needs-context');
  expect(codeOf(await putModel(ports, 'new', { contextTokens: 1 }))).toBe('model-needs-price');
  expect(codeOf(await putModel(ports, 'new', { contextTokens: 1, prices: { input: -1n, output: 1n } }))).toBe(
    'bad-price',
  );
  const made = expectDone(await putModel(ports, 'new', NEW));
  expect(made).toMatchObject({ inputModalities: ['text'], maximumOutputTokens: 1_000, enabled: true });
  const edited = expectDone(
    await putModel(ports, 'new', {
      inputModalities: ['image', 'text'],
      limits: { requestsPerMinute: 2 },
      enabled: false,
    }),
  );
  expect(edited).toMatchObject({ contextTokens: 1_000, limits: { requestsPerMinute: 2 }, enabled: false });
  expect(ports.changes.at(-1)).toEqual({ kind: 'model', id: 'new' });
});

test('what cannot be a model is refused', async () => {
  const ports = await seeded();
  for (const name of ['', ' x', 'x y', 'x\n', '模型', '__proto__', '-x', 'x'.repeat(129)]) {
    expect(codeOf(await putModel(ports, name, NEW))).toBe('bad-model-name');
    expect(codeOf(await putModel(ports, 'grok-beta', { addAliases: [name] }))).toBe('bad-model-name');
  }
  for (const contextTokens of [0, -1, 1.5, Number.NaN, 1e9]) {
    expect(codeOf(await putModel(ports, 'grok-beta', { contextTokens }))).toBe('bad-token-count');
  }
  expect(codeOf(await putModel(ports, 'grok-beta', { inputModalities: ['image'] }))).toBe('bad-modalities');
  expect(codeOf(await putModel(ports, 'grok-beta', { ownedBy: 'a\nb' }))).toBe('bad-owner');
  const aliases = Array.from({ length: 33 }, (_, index) => `alias-${index}`);
  expect(codeOf(await putModel(ports, 'grok-beta', { addAliases: aliases }))).toBe('too-many-aliases');
});

test('a name leads to one model', async () => {
  const ports = await seeded();
  const tries = [
    putModel(ports, 'grok-2', NEW),
    putModel(ports, 'new', { ...NEW, addAliases: ['grok-beta'] }),
    putModel(ports, 'new', { ...NEW, addAliases: ['grok-2-vision'] }),
    putModel(ports, 'new', { ...NEW, addAliases: ['new'] }),
  ];
  for (const result of await Promise.all(tries)) expect(codeOf(result)).toBe('model-name-taken');
  expectDone(await putModel(ports, 'grok-beta', { removeAliases: ['grok-2'] }));
  expectDone(await putModel(ports, 'grok-2', NEW));
  expect(codeOf(await putModel(ports, 'grok-beta', { removeAliases: ['grok-2'] }))).toBe('unknown-model');
});

test('prices are added from a moment on and never for the past', async () => {
  const ports = await seeded();
  const nowMs = ports.clock.nowMs();
  const later = await addPrice(ports, 'grok-2', { input: 1n, output: 2n, cachedInput: 0n }, nowMs + 1_000);
  expect(later).toMatchObject({
    model: 'grok-beta',
    sheet: { cachedInputTicksPerToken: 0n, imageInputTicksPerToken: 1n },
  });
  const model = expectDone(await findModel(ports, 'grok-beta'));
  expect(priceAt(model.prices, nowMs)?.inputTicksPerToken).toBe(50_000n);
  expect(priceAt(model.prices, nowMs + 1_000)?.inputTicksPerToken).toBe(1n);

  expect(codeOf(await addPrice(ports, 'grok-beta', { input: 1n, output: 1n }, nowMs - 1))).toBe(
    'moment-past',
  );
  expect(codeOf(await addPrice(ports, 'grok-beta', { input: 1n, output: 1n }, nowMs + 1_000))).toBe(
    'price-exists',
  );
  expect(codeOf(await addPrice(ports, 'grok-beta', { input: 10n ** 13n, output: 1n }))).toBe('bad-price');
  expect(codeOf(await addPrice(ports, 'nothing', { input: 1n, output: 1n }))).toBe('unknown-model');
  expect(isRefusal(await addPrice(ports, 'grok-beta', { input: 0n, output: 0n }))).toBe(false);
});
