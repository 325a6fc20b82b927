import type { Ticks } from '../domain/money.ts';
import { isSanePriceSheet, type PriceSheet } from '../domain/price.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { announcing } from '../ports/changes.ts';
import type { ConsolePorts } from './console-ports.ts';
import { findModel } from './find-model.ts';

/** Prices in ticks per token. An input price that is not given is that of text. */
export interface ModelPrices {
  readonly input: Ticks;
  readonly output: Ticks;
  readonly cachedInput?: Ticks | undefined;
  readonly imageInput?: Ticks | undefined;
  readonly audioInput?: Ticks | undefined;
}

/** A sheet of these prices, or a refusal if one is negative or absurd. */
export function readPrices(prices: ModelPrices, validFromMs: number): PriceSheet | Refusal {
  const sheet: PriceSheet = {
    validFromMs,
    inputTicksPerToken: prices.input,
    cachedInputTicksPerToken: prices.cachedInput ?? prices.input,
    imageInputTicksPerToken: prices.imageInput ?? prices.input,
    audioInputTicksPerToken: prices.audioInput ?? prices.input,
    outputTicksPerToken: prices.output,
  };
  return isSanePriceSheet(sheet) ? sheet : refuse('bad-price');
}

export interface PricedModel {
  readonly model: string;
  readonly sheet: PriceSheet;
}

/**
 * Adds prices that hold from a moment on, now unless another is named. A moment that has passed is refused: requests
 * of that time were charged already, and a bill never changes.
 */
export async function addPrice(
  ports: Pick<ConsolePorts, 'catalogue' | 'clock' | 'changed'>,
  modelName: string,
  prices: ModelPrices,
  validFromMs?: number,
): Promise<PricedModel | Refusal> {
  const nowMs = ports.clock.nowMs();
  if (validFromMs !== undefined && validFromMs < nowMs) return refuse('moment-past');
  const model = await findModel(ports, modelName);
  if (isRefusal(model)) return model;
  const sheet = readPrices(prices, validFromMs ?? nowMs);
  if (isRefusal(sheet)) return sheet;
  const outcome = await announcing(ports.changed, { kind: 'model', id: model.id }, () =>
    ports.catalogue.addPrice(model.id, sheet),
  );
  switch (outcome) {
    case 'done':
      return { model: model.id, sheet };
    case 'exists':
      return refuse('price-exists');
    case 'no-model':
      return refuse('unknown-model', { model: modelName });
  }
}
