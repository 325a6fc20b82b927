import type { SeededRandom } from '../seeded-random.ts';
import type { Surroundings } from './draw-client.ts';
import { drawSheet } from './draw-sheet.ts';
import type { ClientPlan, CommandMoment, EventPlan } from './plan.ts';

/** The ledger moves no more at once. */
export const MOST_TICKS = 9_007_199_254_740_991n;

export interface EventSurroundings extends Surroundings {
  readonly replicas: number;
  readonly clients: readonly ClientPlan[];
  /** About what one stream sets aside at first. */
  readonly unitTicks: bigint;
}

/** What happens to the installation while its clients call, and the credit that every account begins with. */
export function drawEvents(random: SeededRandom, world: EventSurroundings): EventPlan[] {
  const { accounts, faults, horizonMs, unitTicks } = world;
  const events: EventPlan[] = accounts.map((account, index) => {
    const own = random.fork(`credit-${index}`);
    const hundredths = own.pick([0n, 5n, 55n, 100n, 103n, 110n, 230n, 1_000n, 1_000n, 1_000n, 100_000n]);
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
  const count = random.whole(0, 8);
  for (let index = 0; index < count; index += 1) {
    const own = random.fork(`event-${index}`);
    const event = drawEvent(own, index, drawMoment(own, world), world);
    if (event !== undefined) events.push(event);
  }
  if (faults.has('revocation')) events.push(drawRevocation(random.fork('revocation'), world));
  if (faults.has('ledger-away')) {
    const own = random.fork('away');
    events.push({
      id: 'event:away',
      kind: 'away',
      atMs: own.whole(0, horizonMs),
      forMs: own.pick([100, 1_000, 10_000, 30_000, 100_000]),
      isCarriedOut: own.chance(0.3),
    });
  }
  return events;
}

/** A key that ends while it is looked up: around a call that has to read it. */
function drawRevocation(random: SeededRandom, { clients }: EventSurroundings): EventPlan {
  const { account, key, atMs } = random.pick(clients);
  return {
    id: 'event:revocation',
    kind: 'revoke',
    atMs: Math.max(0, atMs - random.whole(0, 200)),
    ...{ account, key, afterMs: random.whole(0, 2_500) },
  };
}

/** Most trouble comes while somebody is there: soon after a call. */
function drawMoment(random: SeededRandom, { clients, horizonMs }: EventSurroundings): Moment {
  const client = random.pick(clients);
  const afterMs = random.pick([random.whole(0, 50), random.whole(0, 2_000), random.whole(0, 15_000)]);
  const anyMs = random.whole(0, horizonMs + 20_000);
  return random.chance(0.7) ? { client, atMs: client.atMs + afterMs } : { client, atMs: anyMs };
}

interface Moment {
  readonly client: ClientPlan;
  readonly atMs: number;
}

function drawEvent(
  random: SeededRandom,
  index: number,
  { client, atMs }: Moment,
  { models, faults, replicas, unitTicks }: EventSurroundings,
): EventPlan | undefined {
  const base = { id: `event:${index}`, atMs };
  const replica = random.whole(0, replicas - 1);
  const backAfterMs = random.pick([1, 100, 5_000]);
  const { account, key } = client;
  const kinds: EventPlan['kind'][] = ['grant', 'withdraw', 'audit'];
  if (replicas === 1) kinds.push('reap', 'reap');
  if (faults.has('crash')) kinds.push('crash', 'crash', 'crash');
  if (faults.has('shut-down')) kinds.push('shut-down', 'shut-down');
  if (faults.has('revocation')) kinds.push('revoke', 'revoke', 'disable');
  if (faults.has('price-edit')) kinds.push('price', 'price', 'price');
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
      return {
        ...base,
        kind,
        account,
        key,
        afterMs: random.pick([0, random.whole(0, 100), random.whole(0, 3_000)]),
      };
    case 'price':
      return { ...base, kind, modelId: random.pick(models).id, sheet: drawSheet(random) };
    case 'wall-clock':
      return { ...base, kind, replica, jumpMs: random.pick([-3_600_000, -90_000, 90_000, 3_600_000]) };
    case 'reap':
      return { ...base, kind, onCommand: drawCommand(random) };
    default:
      return { ...base, kind: 'audit' };
  }
}

/** The moments that matter most are between a command and its answer. */
function drawCommand(random: SeededRandom): CommandMoment | undefined {
  const name = random.pick(['hold', 'extend', 'checkpoint', 'post', 'post', 'post', 'void']);
  const nth = random.pick([1, 1, 2, 4]);
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
