import type { SeededRandom } from '../seeded-random.ts';
import type { Surroundings } from './draw-client.ts';
import { drawSheet } from './draw-sheet.ts';
import type { EventPlan } from './plan.ts';

/** The ledger moves no more at once. */
export const MOST_TICKS = 9_007_199_254_740_991n;

export interface EventSurroundings extends Surroundings {
  readonly replicas: number;
  /** About what one stream sets aside at first. */
  readonly unitTicks: bigint;
}

/** What happens to the installation while its clients call, and the credit that every account begins with. */
export function drawEvents(random: SeededRandom, world: EventSurroundings): EventPlan[] {
  const { accounts, faults, horizonMs, unitTicks } = world;
  const events: EventPlan[] = accounts.map((account, index) => {
    const own = random.fork(`credit-${index}`);
    const hundredths = own.pick([0n, 1n, 10n, 55n, 100n, 103n, 110n, 230n, 1_000n, 1_000n, 100_000n]);
    return {
      id: `event:credit-${index}`,
      kind: 'grant',
      atMs: 0,
      accountId: account.id,
      transactionId: `payment-${account.id}`,
      amountTicks: bounded((unitTicks * hundredths) / 100n),
      deliveriesMs: drawDeliveries(own),
    };
  });
  const count = random.whole(0, 5);
  for (let index = 0; index < count; index += 1) {
    const own = random.fork(`event-${index}`);
    const atMs = own.whole(0, horizonMs + 20_000);
    const event = drawEvent(own, index, atMs, world);
    if (event !== undefined) events.push(event);
  }
  if (faults.has('ledger-away')) {
    const own = random.fork('away');
    events.push({
      id: 'event:away',
      kind: 'away',
      atMs: own.whole(0, horizonMs),
      forMs: own.pick([100, 1_000, 10_000, 100_000]),
      isCarriedOut: own.chance(0.3),
    });
  }
  return events;
}

function drawEvent(
  random: SeededRandom,
  index: number,
  atMs: number,
  { accounts, models, faults, replicas, unitTicks }: EventSurroundings,
): EventPlan | undefined {
  const base = { id: `event:${index}`, atMs };
  const replica = random.whole(0, replicas - 1);
  const backAfterMs = random.pick([1, 100, 5_000]);
  const account = random.pick(accounts);
  const key = random.pick(account.keys);
  const kinds: EventPlan['kind'][] = ['grant', 'withdraw', 'audit'];
  if (replicas === 1) kinds.push('reap');
  if (faults.has('crash')) kinds.push('crash', 'crash', 'crash');
  if (faults.has('shut-down')) kinds.push('shut-down', 'shut-down');
  if (faults.has('revocation')) kinds.push('revoke', 'disable');
  if (faults.has('price-edit')) kinds.push('price', 'price');
  if (faults.has('wall-clock')) kinds.push('wall-clock');
  const kind = random.pick(kinds);
  switch (kind) {
    case 'grant':
    case 'withdraw': {
      const amountTicks = bounded((unitTicks * random.pick([1n, 20n, 100n, 300n])) / 100n);
      const transactionId = `${kind}-${index}`;
      const deliveriesMs = drawDeliveries(random);
      return { ...base, kind, accountId: account.id, transactionId, amountTicks, deliveriesMs };
    }
    case 'crash':
      return { ...base, kind, replica, backAfterMs, onCommand: drawCommand(random) };
    case 'shut-down':
      return { ...base, kind, replica, backAfterMs, graceMs: random.pick([0, 1_000, 30_000]) };
    case 'revoke':
    case 'disable':
      return { ...base, kind, account, key };
    case 'price':
      return { ...base, kind, modelId: random.pick(models).id, sheet: drawSheet(random) };
    case 'wall-clock':
      return { ...base, kind, replica, jumpMs: random.pick([-3_600_000, -90_000, 90_000, 3_600_000]) };
    default:
      return { ...base, kind: kind === 'reap' ? 'reap' : 'audit' };
  }
}

/** The moments that matter most are between a command and its answer. */
function drawCommand(random: SeededRandom): { name: string; nth: number } | undefined {
  const name = random.pick(['hold', 'extend', 'checkpoint', 'post', 'post', 'post', 'void']);
  const nth = random.whole(1, 4);
  return random.chance(0.6) ? { name, nth } : undefined;
}

/** A payment provider delivers at least once: at the same moment, later, or both. */
function drawDeliveries(random: SeededRandom): number[] {
  const more = random.chance(0.4) ? random.whole(1, 4) : 0;
  return [0, ...Array.from({ length: more }, () => random.pick([0, 0, 1, random.whole(0, 8_000)]))];
}

function bounded(ticks: bigint): bigint {
  return ticks < MOST_TICKS ? ticks : MOST_TICKS;
}
