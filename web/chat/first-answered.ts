import type { Model } from '../../src/http/api/wire/models.ts';

/** One that is answered by something, if there is one. */
export function firstAnswered(models: readonly Model[]): Model | undefined {
  return models.find(({ answeredBy }) => answeredBy.name !== null) ?? models[0];
}
