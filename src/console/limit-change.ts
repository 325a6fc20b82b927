import type { LimitName, LimitRules } from '../domain/limit.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';

/** New values for some limits: a whole number sets one, null takes it away, what is absent stays. */
export type LimitChange = Partial<Readonly<Record<LimitName, number | null | undefined>>>;

/** Every limit, in the order in which people read them. */
const LIMIT_NAMES: readonly LimitName[] = [
  'requestsPerSecond',
  'requestsPerMinute',
  'requestsPerHour',
  'tokensPerMinute',
  'requestsInFlight',
];

/** Far above what one process can serve; a larger number is a slip of the keyboard. */
const MAXIMUM_LIMIT = 1_000_000_000;

export function changeLimits(current: LimitRules, change: LimitChange): LimitRules | Refusal {
  const entries: [LimitName, number][] = [];
  for (const name of LIMIT_NAMES) {
    const value = change[name] === undefined ? current[name] : change[name];
    if (value === undefined || value === null) continue;
    // Zero would admit nothing for ever; disabling says that more clearly.
    if (!Number.isSafeInteger(value) || value < 1 || value > MAXIMUM_LIMIT) {
      return refuse('bad-limit', { limit: name, most: MAXIMUM_LIMIT });
    }
    entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}
