import type { ReactNode } from 'react';

const TICKS_A_DOLLAR = 10_000_000_000n;

/** A cost: four digits dark, two grey, all of it in ticks on hover. */
export function Cost({ ticks }: { readonly ticks: string }): ReactNode {
  const amount = BigInt(ticks);
  const digits = String(amount % TICKS_A_DOLLAR).padStart(10, '0');
  return (
    <span className="num" title={`${amount.toLocaleString()} ticks`}>
      ${(amount / TICKS_A_DOLLAR).toLocaleString('en')}.{digits.slice(0, 4)}
      <span className="tail">{digits.slice(4, 6)}</span>
    </span>
  );
}

/** Below a second in milliseconds, as everywhere. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

export function bytes(count: number): string {
  return count < 1_000_000_000
    ? `${Math.round(count / 1_000_000)} MB`
    : `${(count / 1_000_000_000).toFixed(1)} GB`;
}

/** Minutes and seconds of a wait, such as `0:42`. */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
