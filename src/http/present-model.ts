import type { CatalogueModel } from '../domain/model-catalogue.ts';
import { TICKS_PER_USD, type Ticks } from '../domain/money.ts';
import { type PriceSheet, priceAt } from '../domain/price.ts';

/** A model and what will answer it, as far as callers are told. */
export interface ModelFacts {
  readonly model: CatalogueModel;
  /** What is enforced: the smaller of the catalogue's context and the upstream's. */
  readonly contextTokens: number;
  readonly simulated: boolean;
}

/** A model in `GET /v1/models`: OpenAI's shape, with what LibreChat and Chatbox read from OpenRouter's. */
export function presentModel({ model, contextTokens, simulated }: ModelFacts, nowMs: number) {
  const sheet = priceAt(model.prices, nowMs);
  return {
    id: model.id,
    created: Math.floor(model.createdAtMs / 1_000),
    object: 'model',
    owned_by: model.ownedBy,
    aliases: model.aliases,
    name: model.id,
    context_length: contextTokens,
    architecture: {
      modality: `${model.inputModalities.join('+')}->${model.outputModalities.join('+')}`,
      input_modalities: model.inputModalities,
      output_modalities: model.outputModalities,
    },
    top_provider: {
      context_length: contextTokens,
      max_completion_tokens: model.maximumOutputTokens,
      is_moderated: false,
    },
    ...(sheet === undefined ? {} : { pricing: presentPricing(sheet), ...presentPrices(sheet) }),
    ...(simulated ? { simulated } : {}),
  };
}

/** A model in `GET /v1/language-models`: xAI's own shape. */
export function presentLanguageModel({ model, contextTokens, simulated }: ModelFacts, nowMs: number) {
  const sheet = priceAt(model.prices, nowMs);
  return {
    id: model.id,
    created: Math.floor(model.createdAtMs / 1_000),
    object: 'model',
    owned_by: model.ownedBy,
    version: '1.0',
    input_modalities: model.inputModalities,
    output_modalities: model.outputModalities,
    ...(sheet === undefined ? {} : presentPrices(sheet)),
    aliases: model.aliases,
    context_length: contextTokens,
    ...(simulated ? { simulated } : {}),
  };
}

/** xAI's unit is a cent per hundred million tokens, which is the same figure as ticks per token. */
function presentPrices(sheet: PriceSheet) {
  return {
    prompt_text_token_price: Number(sheet.inputTicksPerToken),
    cached_prompt_text_token_price: Number(sheet.cachedInputTicksPerToken),
    prompt_image_token_price: Number(sheet.imageInputTicksPerToken),
    completion_text_token_price: Number(sheet.outputTicksPerToken),
  };
}

/** OpenRouter's unit is a dollar per token, as decimal text. */
function presentPricing(sheet: PriceSheet) {
  return {
    prompt: usdPerToken(sheet.inputTicksPerToken),
    completion: usdPerToken(sheet.outputTicksPerToken),
    input_cache_read: usdPerToken(sheet.cachedInputTicksPerToken),
    request: '0',
    image: '0',
  };
}

function usdPerToken(ticks: Ticks): string {
  const fraction = (ticks % TICKS_PER_USD).toString().padStart(10, '0').replace(/0+$/, '');
  return `${ticks / TICKS_PER_USD}${fraction === '' ? '' : `.${fraction}`}`;
}
