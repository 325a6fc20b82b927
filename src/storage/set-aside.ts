import type { Ticks } from '../domain/money.ts';

/**
 * What a hold or extension takes of what is available: all it asks for; else all there is, if that is the minimum at
 * least; else undefined, nothing. The minimum means nothing to one that asks for less.
 */
export function takeableTicks(
  availableTicks: Ticks,
  { amountTicks, minimumTicks }: { readonly amountTicks: Ticks; readonly minimumTicks: Ticks },
): Ticks | undefined {
  if (availableTicks >= amountTicks) return amountTicks;
  return availableTicks >= minimumTicks ? availableTicks : undefined;
}
