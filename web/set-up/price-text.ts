/** Dollars a million tokens as a person writes them, in ticks a token; undefined when it is no such price. */
export function ticksPerToken(dollarsAMillion: string): string | undefined {
  const [, whole = '', fraction = ''] = /^\s*(\d{1,6})(?:[.,](\d{1,4}))?\s*$/.exec(dollarsAMillion) ?? [];
  return whole === '' ? undefined : String(BigInt(whole) * 10_000n + BigInt(fraction.padEnd(4, '0')));
}

/** The other way round. */
export function dollarsAMillion(ticks: string): string {
  const amount = BigInt(ticks);
  const fraction = String(amount % 10_000n)
    .padStart(4, '0')
    .replace(/0+$/, '');
  return fraction === '' ? String(amount / 10_000n) : `${amount / 10_000n}.${fraction}`;
}
