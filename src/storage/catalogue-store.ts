import type { CatalogueModel } from '../domain/model-catalogue.ts';
import type { PriceSheet } from '../domain/price.ts';

/** The catalogue of models. Prices are only ever added; a request keeps the one it was admitted with. */
export interface CatalogueStore {
  list(): Promise<readonly CatalogueModel[]>;
  /** Makes or replaces a model, all but its prices; prices it brings are added if their moment is new. */
  put(model: CatalogueModel): Promise<void>;
  /** `exists`: the model already has a sheet from that very moment. */
  addPrice(modelId: string, sheet: PriceSheet): Promise<'done' | 'exists' | 'no-model'>;
  remove(modelId: string): Promise<boolean>;
}
