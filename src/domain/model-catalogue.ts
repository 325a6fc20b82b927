import { areSaneLimits, type LimitRules } from './limit.ts';
import { isSanePriceSheet, type PriceSheet } from './price.ts';
import { MAXIMUM_TOKENS } from './usage.ts';

export type Modality = 'text' | 'image';

/** One public model: what callers name, what they may send, how fast, and what it costs. */
export interface CatalogueModel {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly inputModalities: readonly Modality[];
  readonly outputModalities: readonly Modality[];
  /** The longest prompt in tokens. */
  readonly contextTokens: number;
  /** The most output one choice may have; bounds the hold of a call that names no limit of its own. */
  readonly maximumOutputTokens: number;
  readonly limits: LimitRules;
  readonly prices: readonly PriceSheet[];
  readonly createdAtMs: number;
  readonly ownedBy: string;
  /** A model that is switched off is listed to operators only and answers as unknown. */
  readonly enabled: boolean;
}

/** All models at one moment, found by id or alias. Built anew on each change and never altered. */
export class ModelCatalogue {
  readonly models: readonly CatalogueModel[];
  readonly #byName = new Map<string, CatalogueModel>();

  constructor(models: readonly CatalogueModel[]) {
    this.models = models.filter((model) => model.enabled);
    // Ids are entered last, so that an alias can never hide another model's own name.
    for (const model of this.models) for (const alias of model.aliases) this.#byName.set(alias, model);
    for (const model of this.models) this.#byName.set(model.id, model);
  }

  find(name: string): CatalogueModel | undefined {
    return this.#byName.get(name);
  }
}

/** What is wrong with a model's definition, in words, or undefined. Checked wherever a model is written. */
export function modelFault(model: CatalogueModel): string | undefined {
  if (!isName(model.id)) return `a model id is ${NAME_RULE}`;
  if (model.aliases.length > 32) return 'a model has at most 32 aliases';
  if (!model.aliases.every(isName)) return `an alias is ${NAME_RULE}`;
  if (!model.inputModalities.includes('text')) return 'a model takes at least text';
  if (!isCount(model.contextTokens)) return 'the context is a whole number of tokens, at least 1';
  if (!isCount(model.maximumOutputTokens))
    return 'the maximum output is a whole number of tokens, at least 1';
  if (!areSaneLimits(model.limits)) return 'a limit is a whole number, zero or more';
  if (model.prices.length === 0) return 'a model has at least one price sheet';
  if (!model.prices.every(isSanePriceSheet)) return 'a price is at least zero and at most $100 a token';
  return undefined;
}

const NAME_RULE = '1 to 128 letters, digits and . _ : / @ -, and begins with a letter or digit';

function isName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/.test(text);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= MAXIMUM_TOKENS;
}
