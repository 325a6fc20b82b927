import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

/** A part that could not be loaded: it fails alone, in words, with a way to try again. */
export function Failed(props: {
  readonly text: string;
  readonly again: string;
  readonly onAgain: () => void;
}): ReactNode {
  return (
    <div className="row g3 failed" role="alert">
      <span className="t3">
        <Icon name="closed" />
      </span>
      <span className="grow t2">{props.text}</span>
      <button type="button" className="btn sm" onClick={props.onAgain}>
        {props.again}
      </button>
    </div>
  );
}

/** The shape of what comes, after a moment in which nothing is shown. */
export function Skeleton({ label, rows = 4 }: { readonly label: string; readonly rows?: number }): ReactNode {
  return (
    <div className="skeleton stack g4" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without content have nothing else
        <div className="sk" key={row} style={{ width: `${92 - ((row * 23) % 40)}%` }} />
      ))}
    </div>
  );
}

/** Nothing yet: what will be here, and the one action that fills it. */
export function Empty(props: {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <div className="empty">
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      {props.children}
    </div>
  );
}
