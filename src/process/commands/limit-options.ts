import type { LimitChange } from '../../console/limit-change.ts';
import { option } from './parameter.ts';
import { limit } from './value-kind.ts';

/** The options that set limits, of a model and of a key alike. */
export const LIMIT_OPTIONS = {
  rps: option(limit),
  rpm: option(limit),
  rph: option(limit),
  tpm: option(limit),
  inFlight: option(limit),
};

export function readLimitOptions(input: {
  readonly rps: number | null | undefined;
  readonly rpm: number | null | undefined;
  readonly rph: number | null | undefined;
  readonly tpm: number | null | undefined;
  readonly inFlight: number | null | undefined;
}): LimitChange {
  return {
    requestsPerSecond: input.rps,
    requestsPerMinute: input.rpm,
    requestsPerHour: input.rph,
    tokensPerMinute: input.tpm,
    requestsInFlight: input.inFlight,
  };
}
