import type { IconName } from '../design/icons.tsx';
import type { ShellWords } from './words.en.ts';

export interface Place {
  readonly name: keyof ShellWords['nav'];
  readonly icon: IconName;
  readonly path: string;
  /** One of the four that a phone's bar has room for. */
  readonly isInTabBar?: true;
}

/** Where everybody can go, in the order of the side. */
export const PLACES: readonly Place[] = [
  { name: 'home', icon: 'home', path: '/console', isInTabBar: true },
  { name: 'chat', icon: 'chat', path: '/chat', isInTabBar: true },
  { name: 'keys', icon: 'key', path: '/console/keys', isInTabBar: true },
  { name: 'requests', icon: 'requests', path: '/console/requests' },
  { name: 'usage', icon: 'usage', path: '/console/usage', isInTabBar: true },
  { name: 'playground', icon: 'play', path: '/console/playground' },
  { name: 'models', icon: 'models', path: '/console/models' },
  { name: 'credit', icon: 'credit', path: '/console/credit' },
  { name: 'limits', icon: 'limits', path: '/console/limits' },
  { name: 'team', icon: 'team', path: '/console/team' },
];

/** Where operators can go besides. */
export const OPERATOR_PLACES: readonly Place[] = [
  { name: 'overview', icon: 'overview', path: '/console/overview' },
  { name: 'channels', icon: 'channels', path: '/console/channels' },
  { name: 'catalogue', icon: 'price', path: '/console/catalogue' },
  { name: 'people', icon: 'people', path: '/console/people' },
  { name: 'invites', icon: 'invite', path: '/console/invites' },
  { name: 'codes', icon: 'ticket', path: '/console/codes' },
  { name: 'ledger', icon: 'ledger', path: '/console/ledger' },
  { name: 'activity', icon: 'activity', path: '/console/activity' },
  { name: 'settings', icon: 'settings', path: '/console/settings' },
];

/** Whether an address is this place, or something inside it. */
export function isAt({ path }: Place, location: string): boolean {
  return location === path || (path !== '/console' && location.startsWith(`${path}/`));
}
