const DECIMALS = 10;

/** Ticks of an amount in dollars as somebody types it, exactly; undefined for what is no amount. */
export function ticksOfDollars(typed: string): string | undefined {
  const match = /^\$?(\d{1,9})(?:\.(\d{1,10}))?$/.exec(typed.trim().replaceAll(',', ''));
  if (match === null) return undefined;
  return String(BigInt(`${match[1]}${(match[2] ?? '').padEnd(DECIMALS, '0')}`));
}

/** The same amount as it would be typed: `2` or `0.5`, every digit that counts. */
export function dollarsOfTicks(ticks: string): string {
  const digits = ticks.padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  return `${digits.slice(0, -DECIMALS)}${fraction === '' ? '' : `.${fraction}`}`;
}
