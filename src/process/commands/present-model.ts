import type { CatalogueModel } from '../../domain/model-catalogue.ts';
import { type PriceSheet, priceAt } from '../../domain/price.ts';
import type { JsonObject } from './json-value.ts';
import { presentLimits } from './present-key.ts';
import { presentMoment } from './present-money.ts';

export function presentModel(model: CatalogueModel, nowMs: number) {
  const current = priceAt(model.prices, nowMs);
  return {
    id: model.id,
    aliases: model.aliases,
    enabled: model.enabled,
    input_modalities: model.inputModalities,
    output_modalities: model.outputModalities,
    context_tokens: model.contextTokens,
    maximum_output_tokens: model.maximumOutputTokens,
    limits: presentLimits(model.limits),
    owned_by: model.ownedBy,
    created_at: presentMoment(model.createdAtMs),
    input_ticks_per_token: current?.inputTicksPerToken.toString() ?? null,
    output_ticks_per_token: current?.outputTicksPerToken.toString() ?? null,
  } satisfies JsonObject;
}

export function presentPrice(sheet: PriceSheet) {
  return {
    valid_from: sheet.validFromMs === 0 ? null : presentMoment(sheet.validFromMs),
    input_ticks_per_token: sheet.inputTicksPerToken.toString(),
    cached_input_ticks_per_token: sheet.cachedInputTicksPerToken.toString(),
    image_input_ticks_per_token: sheet.imageInputTicksPerToken.toString(),
    audio_input_ticks_per_token: sheet.audioInputTicksPerToken.toString(),
    output_ticks_per_token: sheet.outputTicksPerToken.toString(),
  } satisfies JsonObject;
}
