import { readKeylessId } from '../domain/keyless.ts';
import type { Ticks } from '../domain/money.ts';
import { usageDay } from '../storage/usage-rollup.ts';
import type { ConsolePorts } from './console-ports.ts';

/** What one key has spent, in UTC periods. */
export interface KeySpend {
  readonly monthTicks: Ticks;
  readonly todayTicks: Ticks;
}

const NOTHING: KeySpend = { monthTicks: 0n, todayTicks: 0n };

/** What the keys of a team have spent this month and today, and what was spent without a key. */
export interface TeamSpend {
  of(keyId: string): KeySpend;
  readonly keysTicks: Ticks;
  readonly keylessTicks: Ticks;
}

export async function keySpend(
  { usage, clock }: Pick<ConsolePorts, 'usage' | 'clock'>,
  organizationId: string,
): Promise<TeamSpend> {
  const today = usageDay(clock.nowMs());
  const days = await usage.daily(organizationId, `${today.slice(0, 7)}-01`, today);
  const spent = new Map<string, KeySpend>();
  let [keysTicks, keylessTicks] = [0n, 0n];
  for (const { keyId, day, costTicks } of days) {
    const { monthTicks, todayTicks } = spent.get(keyId) ?? NOTHING;
    spent.set(keyId, {
      monthTicks: monthTicks + costTicks,
      todayTicks: day === today ? todayTicks + costTicks : todayTicks,
    });
    if (readKeylessId(keyId) === undefined) keysTicks += costTicks;
    else keylessTicks += costTicks;
  }
  return { of: (keyId) => spent.get(keyId) ?? NOTHING, keysTicks, keylessTicks };
}
