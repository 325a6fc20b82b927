import type { ReactNode } from 'react';
import './health-strip.css';

export interface HealthHour {
  readonly atMs: number;
  readonly answered: number;
  readonly failed: number;
}

/** A bar an hour: full when answered, half when some failed, low when most did, a dot when none came. */
export function HealthStrip(props: {
  /** The same in words. */
  readonly label: string;
  readonly hours: readonly HealthHour[];
}): ReactNode {
  return (
    <span className="hs" role="img" aria-label={props.label}>
      {props.hours.map(({ atMs, answered, failed }) => (
        <i key={atMs} className={hourClass(answered, failed)} />
      ))}
    </span>
  );
}

function hourClass(answered: number, failed: number): string {
  if (answered + failed === 0) return 'o';
  if (failed === 0) return '';
  return failed >= answered ? 'b' : 'w';
}
