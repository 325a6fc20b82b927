import { useEffect, useState } from 'react';

export interface Live<Data> {
  readonly last: Data | undefined;
  /** The connection is down; the browser tries again by itself. */
  readonly isLost: boolean;
}

/** The last event of a name that an address sends, as long as the address is given. */
export function useLive<Data>(path: string | undefined, name: string): Live<Data> {
  const [live, setLive] = useState<Live<Data>>({ last: undefined, isLost: false });
  useEffect(() => {
    if (path === undefined) return;
    const source = new EventSource(`/api/v1${path}`);
    source.addEventListener(name, (event) => {
      setLive({ last: JSON.parse((event as MessageEvent<string>).data), isLost: false });
    });
    source.onopen = () => setLive((before) => ({ ...before, isLost: false }));
    source.onerror = () => setLive((before) => ({ ...before, isLost: true }));
    return () => source.close();
  }, [path, name]);
  return live;
}
