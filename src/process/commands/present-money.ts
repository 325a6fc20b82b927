import { formatUsd, type Ticks } from '../../domain/money.ts';

/** An amount twice: exact ticks, and dollars as a plain decimal (`-0.0095`). Both as text, so that no reader rounds. */
export function presentMoney<const Name extends string>(
  name: Name,
  ticks: Ticks,
): Readonly<Record<`${Name}_ticks` | `${Name}_usd`, string>> {
  const usd = formatUsd(ticks).replace('−', '-').replace('$', '').replaceAll(',', '');
  return { [`${name}_ticks`]: ticks.toString(), [`${name}_usd`]: usd } as Record<
    `${Name}_ticks` | `${Name}_usd`,
    string
  >;
}

/** A moment in RFC 3339, or null. */
export function presentMoment(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
