import { useEffect, useState } from 'react';

export interface LiveRows<Row> {
  /** The youngest first. */
  readonly rows: readonly Row[];
  /** How many have come, also those that were let go of since. */
  readonly count: number;
  readonly isOpen: boolean;
}

const NONE = { rows: [], count: 0, isOpen: false } as const;

/** Every event of a name that an address sends as long as it is given; the youngest are kept, so many at most. */
export function useLiveRows<Row>(path: string | undefined, name: string, most: number): LiveRows<Row> {
  const [live, setLive] = useState<LiveRows<Row>>(NONE);
  useEffect(() => {
    if (path === undefined) return;
    const source = new EventSource(`/api/v1${path}`);
    source.addEventListener(name, (event) => {
      const row = JSON.parse((event as MessageEvent<string>).data) as Row;
      setLive(({ rows, count }) => ({
        rows: [row, ...rows].slice(0, most),
        count: count + 1,
        isOpen: true,
      }));
    });
    source.onopen = () => setLive((before) => ({ ...before, isOpen: true }));
    // The browser tries again by itself, and asks for what it has missed.
    source.onerror = () => setLive((before) => ({ ...before, isOpen: false }));
    return () => {
      source.close();
      setLive(NONE);
    };
  }, [path, name, most]);
  return live;
}
