/** `+25.5 %`, `−3.0 %`; nothing where there is nothing to compare with. Cut, as money is, and not rounded. */
export function changePercent(beforeTicks: string, afterTicks: string): string {
  const before = BigInt(beforeTicks);
  if (before === 0n) return '';
  const permille = ((BigInt(afterTicks) - before) * 1_000n) / before;
  const size = permille < 0n ? -permille : permille;
  const sign = permille > 0n ? '+' : permille < 0n ? '−' : '';
  return `${sign}${size / 10n}.${size % 10n} %`;
}
