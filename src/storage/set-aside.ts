import type { Ticks } from '../domain/money.ts';
import type { SpendAllowance } from '../domain/spend-limit.ts';

/** What a hold or extension asks for, and the least that helps it. */
export interface Asked {
  readonly amountTicks: Ticks;
  readonly minimumTicks: Ticks;
}

/**
 * What a hold or extension takes of what is available: all it asks for; else all there is, if that is the minimum at
 * least; else undefined, nothing. The minimum means nothing to one that asks for less.
 */
export function takeableTicks(
  availableTicks: Ticks,
  { amountTicks, minimumTicks }: Asked,
): Ticks | undefined {
  if (availableTicks >= amountTicks) return amountTicks;
  return availableTicks >= minimumTicks ? availableTicks : undefined;
}

/** What may still be asked for within a key's allowance; undefined when that is less than the minimum. */
export function withinAllowance(asked: Asked, allowance: SpendAllowance | undefined): Asked | undefined {
  if (allowance === undefined) return asked;
  const amountTicks = takeableTicks(allowance.leftTicks, asked);
  return amountTicks === undefined ? undefined : { amountTicks, minimumTicks: asked.minimumTicks };
}
