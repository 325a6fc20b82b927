import type { IconName } from '../design/icons.tsx';

export type OfferGroup = 'pages' | 'actions' | 'keys' | 'people' | 'chats' | 'requests';

/** Something that the palette can lead to. */
export interface Offer {
  readonly id: string;
  readonly group: OfferGroup;
  readonly label: string;
  /** Smaller, behind the label. */
  readonly hint?: string;
  readonly icon: IconName;
  /** Other names that find it, such as the English one on a Chinese page. */
  readonly aliases?: readonly string[];
  /** The server has found it, by more than its name. */
  readonly isFound?: true;
  readonly go: () => void;
}

/** So many of a group are shown; whoever looks for more writes more. */
const MOST_OF_GROUP = 6;

/**
 * What fits a text, best first within its group, and groups in the order of their best: a name that is the text, begins
 * with it, has a word that does, or contains it. Without a text there are the pages and actions as they are.
 */
export function rankOffers(offers: readonly Offer[], text: string): readonly Offer[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return offers.filter(({ group }) => group === 'pages' || group === 'actions');
  const ranked = offers
    .map((offer, place) => ({ offer, place, rank: rankOf(offer, wanted) }))
    .filter(({ rank }) => rank < NO_MATCH);
  const bestOfGroup = new Map<OfferGroup, number>();
  for (const { offer, rank } of ranked)
    bestOfGroup.set(offer.group, Math.min(rank, bestOfGroup.get(offer.group) ?? NO_MATCH));
  const groups = [...bestOfGroup.keys()].sort(
    (one, other) => (bestOfGroup.get(one) ?? NO_MATCH) - (bestOfGroup.get(other) ?? NO_MATCH),
  );
  return groups.flatMap((group) =>
    ranked
      .filter(({ offer }) => offer.group === group)
      .sort((one, other) => one.rank - other.rank || one.place - other.place)
      .slice(0, MOST_OF_GROUP)
      .map(({ offer }) => offer),
  );
}

const NO_MATCH = 5;

function rankOf({ label, aliases = [], isFound }: Offer, wanted: string): number {
  const ranks = [label, ...aliases].map((name) => rankOfName(name.toLowerCase(), wanted));
  return Math.min(...ranks, isFound === true ? NO_MATCH - 1 : NO_MATCH);
}

function rankOfName(name: string, wanted: string): number {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.split(/[\s\-_./@]+/).some((word) => word.startsWith(wanted))) return 2;
  return name.includes(wanted) ? 3 : NO_MATCH;
}
