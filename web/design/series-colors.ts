const MOST_SERIES = 5;
const REMEMBERED = 'turnpike.series';
/** Colours of what is no longer used are forgotten at last. */
const MOST_REMEMBERED = 100;

export interface Series {
  readonly id: string;
  readonly name: string;
}

export interface ColoredSeries extends Series {
  readonly color: string;
}

/** What all that have no colour of their own are drawn in. */
export const OTHERS_COLOR = 'var(--series-6)';

/** The first five with a colour each, the same one on every page of this browser; the rest are "others". */
export function coloredSeries(series: readonly Series[]): ColoredSeries[] {
  const shown = series.slice(0, MOST_SERIES);
  const before = remembered();
  const slots = claimSlots(
    shown.map(({ id }) => id),
    before,
  );
  if (shown.some(({ id }) => !before.has(id))) {
    const entries = [...new Map([...before, ...[...slots].filter(([id]) => !before.has(id))])];
    localStorage.setItem(REMEMBERED, JSON.stringify(entries.slice(-MOST_REMEMBERED)));
  }
  return shown.map((one) => ({ ...one, color: `var(--series-${slots.get(one.id)})` }));
}

/** A slot from 1 to 5 for each: the one it had, unless two that are seen together had the same. */
export function claimSlots(
  ids: readonly string[],
  before: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const slots = new Map<string, number>();
  const taken = new Set<number>();
  const claim = (id: string, slot: number) => {
    slots.set(id, slot);
    taken.add(slot);
  };
  for (const id of ids) {
    const slot = before.get(id);
    if (slot !== undefined && !taken.has(slot)) claim(id, slot);
  }
  for (const id of ids) {
    if (slots.has(id)) continue;
    const free = [1, 2, 3, 4, 5].find((slot) => !taken.has(slot));
    if (free !== undefined) claim(id, free);
  }
  return slots;
}

function remembered(): Map<string, number> {
  try {
    return new Map(JSON.parse(localStorage.getItem(REMEMBERED) ?? '[]') as [string, number][]);
  } catch {
    return new Map();
  }
}
