import { type ReactNode, useEffect, useState } from 'react';
import type { NearbyServers } from '../../src/http/api/wire/operator-connect.ts';
import { ask } from '../api/ask.ts';
import { Icon } from '../design/icons.tsx';
import type { SetUpWords } from './words.en.ts';

interface NearbyProps {
  readonly words: SetUpWords;
  readonly onUse: (baseUrl: string) => void;
}

/** Servers of models that were found on this machine; a press tries one, and it is adopted by another press only. */
export function NearbyOptions({ words: { nearby }, onUse }: NearbyProps): ReactNode {
  const [servers, setServers] = useState<NearbyServers['rows']>([]);
  useEffect(() => {
    let isGone = false;
    ask<NearbyServers>('GET', '/operator/connect/nearby').then(
      ({ rows }) => {
        if (!isGone) setServers(rows);
      },
      // Nothing is missing when nothing is offered: an address can be pasted all the same.
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, []);
  return servers.map(({ label, baseUrl, models }) => (
    <div className="opt" key={baseUrl}>
      <span className="oi">
        <Icon name="plug" />
      </span>
      <div className="grow">
        <div className="row">
          <span className="b5">{label}</span>
          <span className="badge info">{nearby.found}</span>
        </div>
        <div className="meta ell">
          <span className="mono t3">{new URL(baseUrl).host}</span> · {models.join(', ')}
        </div>
      </div>
      <button type="button" className="btn sm" onClick={() => onUse(baseUrl)}>
        {nearby.use(models.length)}
      </button>
    </div>
  ));
}
