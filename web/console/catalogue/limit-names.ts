import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';

export type LimitName = keyof CatalogueModel['limits'];

/** In the order in which people read them. */
export const LIMIT_NAMES: readonly LimitName[] = [
  'requestsPerSecond',
  'requestsPerMinute',
  'requestsPerHour',
  'tokensPerMinute',
  'requestsInFlight',
];
