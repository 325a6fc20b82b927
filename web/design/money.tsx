import type { ReactNode } from 'react';

const TICKS_A_DOLLAR = 10_000_000_000n;

interface MoneyProps {
  /** Whole ticks, as the API says them. */
  readonly ticks: string;
  /** How many digits are dark, and how many grey ones follow: 2 + 4 for balances, 4 + 2 for costs. */
  readonly digits?: 'balance' | 'cost';
}

const DIGITS = { balance: [2, 6], cost: [4, 6] } as const;

/** Exact money: what matters dark, the next digits grey, never rounded up, every tick on hover. */
export function Money({ ticks, digits = 'cost' }: MoneyProps): ReactNode {
  const { sign, dollars, fraction } = splitTicks(ticks);
  const [dark, shown] = DIGITS[digits];
  return (
    <span className="num" title={`${BigInt(ticks).toLocaleString('en')} ticks`}>
      {sign}${dollars}.{fraction.slice(0, dark)}
      <span className="tail">{fraction.slice(dark, shown)}</span>
    </span>
  );
}

/** The same as text, where there is no room for two greys: `$0.0127`. Cut, never rounded. */
export function moneyText(ticks: string, places = 4): string {
  const { sign, dollars, fraction } = splitTicks(ticks);
  return `${sign}$${dollars}.${fraction.slice(0, places)}`;
}

function splitTicks(ticks: string): { sign: string; dollars: string; fraction: string } {
  const amount = BigInt(ticks);
  const size = amount < 0n ? -amount : amount;
  return {
    sign: amount < 0n ? '−' : '',
    dollars: (size / TICKS_A_DOLLAR).toLocaleString('en'),
    fraction: String(size % TICKS_A_DOLLAR).padStart(10, '0'),
  };
}
