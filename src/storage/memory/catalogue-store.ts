import type { CatalogueModel } from '../../domain/model-catalogue.ts';
import type { PriceSheet } from '../../domain/price.ts';
import type { CatalogueStore } from '../catalogue-store.ts';
import { compareTexts } from './compare-texts.ts';

export class MemoryCatalogueStore implements CatalogueStore {
  readonly #models = new Map<string, CatalogueModel>();

  async list(): Promise<readonly CatalogueModel[]> {
    return [...this.#models.values()].sort((a, b) => compareTexts(a.id, b.id));
  }

  async put(model: CatalogueModel): Promise<void> {
    const prices = model.prices.reduce(withPrice, this.#models.get(model.id)?.prices ?? []);
    this.#models.set(model.id, { ...model, prices });
  }

  async addPrice(modelId: string, sheet: PriceSheet): Promise<'done' | 'exists' | 'no-model'> {
    const model = this.#models.get(modelId);
    if (model === undefined) return 'no-model';
    const prices = withPrice(model.prices, sheet);
    if (prices === model.prices) return 'exists';
    this.#models.set(modelId, { ...model, prices });
    return 'done';
  }

  /** Every price sheet of a model. */
  pricesOf(modelId: string): readonly PriceSheet[] {
    return this.#models.get(modelId)?.prices ?? [];
  }

  async remove(modelId: string): Promise<boolean> {
    return this.#models.delete(modelId);
  }
}

/** Oldest first. The very same list when there is a sheet from that moment already. */
function withPrice(prices: readonly PriceSheet[], sheet: PriceSheet): readonly PriceSheet[] {
  if (prices.some((price) => price.validFromMs === sheet.validFromMs)) return prices;
  return [...prices, { ...sheet }].sort((a, b) => a.validFromMs - b.validFromMs);
}
