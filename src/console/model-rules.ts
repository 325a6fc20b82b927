import type { CatalogueModel } from '../domain/model-catalogue.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';

const MAXIMUM_ALIASES = 32;
const MAXIMUM_TOKEN_COUNT = 100_000_000;

/** Ids and aliases are one name space: a name must lead to one model. */
export function checkNames(model: CatalogueModel, models: readonly CatalogueModel[]): Refusal | undefined {
  if (model.aliases.length > MAXIMUM_ALIASES) return refuse('too-many-aliases', { most: MAXIMUM_ALIASES });
  for (const name of [model.id, ...model.aliases]) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/.test(name)) return refuse('bad-model-name', { name });
    const holder = models.find(
      (other) => other.id !== model.id && (other.id === name || other.aliases.includes(name)),
    );
    if (holder !== undefined) return refuse('model-name-taken', { name, model: holder.id });
  }
  if (model.aliases.includes(model.id))
    return refuse('model-name-taken', { name: model.id, model: model.id });
  return undefined;
}

/** Its figures are in range, it takes text at least, and its owner can be shown. */
export function checkFigures(model: CatalogueModel): Refusal | undefined {
  const counts = [model.contextTokens, model.maximumOutputTokens];
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 1 && count <= MAXIMUM_TOKEN_COUNT)) {
    return refuse('bad-token-count');
  }
  if (!model.inputModalities.includes('text')) return refuse('bad-modalities');
  return /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u.test(model.ownedBy) ? undefined : refuse('bad-owner');
}
