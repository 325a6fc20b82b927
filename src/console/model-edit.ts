import type { CatalogueModel, Modality } from '../domain/model-catalogue.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { changeLimits, type LimitChange } from './limit-change.ts';
import { type ModelPrices, readPrices } from './price-model.ts';

/** What may be set of a model; what is absent stays, or gets its default in a new model. */
export interface ModelEdit {
  readonly contextTokens?: number | undefined;
  readonly maximumOutputTokens?: number | undefined;
  readonly inputModalities?: readonly Modality[] | undefined;
  readonly ownedBy?: string | undefined;
  readonly addAliases?: readonly string[] | undefined;
  readonly removeAliases?: readonly string[] | undefined;
  readonly limits?: LimitChange | undefined;
  readonly enabled?: boolean | undefined;
  /** For a new model, which must have a price from the beginning. Prices of a known one change by `addPrice`. */
  readonly prices?: ModelPrices | undefined;
}

/** A model as it begins, which must say at least how long a prompt may be and what it costs. */
export function newModel(id: string, edit: ModelEdit, nowMs: number): CatalogueModel | Refusal {
  if (edit.contextTokens === undefined) return refuse('model-needs-context', { model: id });
  if (edit.prices === undefined) return refuse('model-needs-price', { model: id });
  const price = readPrices(edit.prices, nowMs);
  if (isRefusal(price)) return price;
  return {
    id,
    aliases: [],
    inputModalities: ['text'],
    outputModalities: ['text'],
    contextTokens: edit.contextTokens,
    maximumOutputTokens: edit.contextTokens,
    limits: {},
    prices: [price],
    createdAtMs: nowMs,
    ownedBy: 'operator',
    enabled: true,
  };
}

/** The model with the edit made. Whether it is sound then is for the rules to say. */
export function editModel(model: CatalogueModel, edit: ModelEdit): CatalogueModel | Refusal {
  const limits = changeLimits(model.limits, edit.limits ?? {});
  if (isRefusal(limits)) return limits;
  const removed = edit.removeAliases ?? [];
  const unknown = removed.find((alias) => !model.aliases.includes(alias));
  if (unknown !== undefined) return refuse('unknown-model', { model: unknown });
  const kept = model.aliases.filter((alias) => !removed.includes(alias));
  return {
    ...model,
    aliases: [...new Set([...kept, ...(edit.addAliases ?? [])])],
    inputModalities: [...new Set(edit.inputModalities ?? model.inputModalities)],
    contextTokens: edit.contextTokens ?? model.contextTokens,
    maximumOutputTokens: edit.maximumOutputTokens ?? model.maximumOutputTokens,
    limits,
    ownedBy: edit.ownedBy ?? model.ownedBy,
    enabled: edit.enabled ?? model.enabled,
  };
}
