import type { SpendLimitChange } from '../../console/key-rules.ts';
import { flag, list, option } from './parameter.ts';
import { network, spendLimit } from './value-kind.ts';

/** The options that say from where a key may be used and what it may spend. */
export const KEY_REACH_OPTIONS = {
  allowFrom: list(network),
  allowAnywhere: flag(),
  spendPerDay: option(spendLimit),
  spendPerMonth: option(spendLimit),
};

/** Undefined leaves the list as it is. Networks beside `--allow-anywhere` win: the narrower word is the safer one. */
export function readAllowedNetworks(input: {
  readonly allowFrom: readonly string[] | undefined;
  readonly allowAnywhere: boolean;
}): readonly string[] | undefined {
  return input.allowFrom ?? (input.allowAnywhere ? [] : undefined);
}

export function readSpendLimitOptions(input: {
  readonly spendPerDay: bigint | null | undefined;
  readonly spendPerMonth: bigint | null | undefined;
}): SpendLimitChange {
  return { perDayTicks: input.spendPerDay, perMonthTicks: input.spendPerMonth };
}
