import { isWithin, type Network, type NetworkAddress, parseNetwork } from './network-address.ts';

/** How far away an address is. */
export type Reach = 'this-machine' | 'local-network' | 'elsewhere';

const THIS_MACHINE = networks('127.0.0.0/8', '::1/128');
const LOCAL = networks(
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
);

export function reachOf(address: NetworkAddress): Reach {
  const isIn = (list: readonly Network[]) => list.some((network) => isWithin(address, network));
  return isIn(THIS_MACHINE) ? 'this-machine' : isIn(LOCAL) ? 'local-network' : 'elsewhere';
}

function networks(...texts: readonly string[]): readonly Network[] {
  return texts.flatMap((text) => parseNetwork(text) ?? []);
}
