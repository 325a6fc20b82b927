import { SeededRandom } from '../seeded-random.ts';
import { drawClient } from './draw-client.ts';
import { drawEvents } from './draw-events.ts';
import { drawRepeats } from './draw-repeats.ts';
import { drawSheet } from './draw-sheet.ts';
import {
  type AccountPlan,
  FAULT_KINDS,
  type FaultKind,
  type KeyPlan,
  type ModelPlan,
  type Plan,
} from './plan.ts';

/** Prompt and first step of a stream, in tokens: what the credit of a world is measured in. */
const UNIT_INPUT_TOKENS = 400n;
const UNIT_OUTPUT_TOKENS = 4_096n;

/** Draws everything for a seed. `without` names parts that are left out: `client:3`, `event:2`, `fault:crash`. */
export function drawPlan(seed: number, without: ReadonlySet<string> = new Set()): Plan {
  const random = new SeededRandom(`turnpike ${seed}`);
  const drawn = random.fork('faults').some(FAULT_KINDS, random.pick([0, 0.25, 0.4, 0.6]));
  const faults = new Set<FaultKind>(drawn.filter((kind) => !without.has(`fault:${kind}`)));
  const replicas = random.fork('replicas').pick([1, 1, 1, 2, 3]);
  const models = drawModels(random.fork('models'));
  const unitTicks = models
    .map(({ sheet }) => sheet.input * UNIT_INPUT_TOKENS + sheet.output * UNIT_OUTPUT_TOKENS)
    .reduce((most, ticks) => (ticks > most ? ticks : most), 1n);
  const accounts = drawAccounts(random.fork('accounts'), unitTicks);
  const horizonMs = random.fork('horizon').pick([40, 2_000, 20_000, 90_000]);
  const surroundings = { accounts, models, faults, horizonMs };
  const crowd = Array.from({ length: random.fork('crowd').pick([2, 5, 8, 12, 16]) }, (_, index) =>
    drawClient(random.fork(`client-${index}`), `client:${index}`, surroundings),
  );
  const clients = drawRepeats(random.fork('repeats'), crowd, faults);
  const events = drawEvents(random.fork('events'), { ...surroundings, clients, replicas, unitTicks });
  return {
    ...{ seed, replicas, faults, models, accounts },
    upstreams: random.fork('upstreams').pick([1, 1, 2, 3, 5]),
    recordingCharacters: random.fork('recordings').pick([300, 5_000, 1_000_000, 1_000_000]),
    clients: clients.filter(({ id }) => !without.has(id)),
    events: events.filter(({ id }) => !without.has(id)),
    safetyMs: horizonMs + random.fork('safety').pick([5_000, 60_000, 600_000]),
  };
}

/** Every part that can be left out of a plan, the biggest first. */
export function partsOf({ faults, clients, events }: Plan): string[] {
  return [
    ...[...faults].map((kind) => `fault:${kind}`),
    ...events.map(({ id }) => id),
    ...clients.map(({ id }) => id),
  ];
}

function drawModels(random: SeededRandom): ModelPlan[] {
  return ['grok-beta', 'grok-mini'].map((id) => {
    const own = random.fork(id);
    const isLimited = own.chance(0.35);
    const requestsPerSecond = own.whole(1, 4);
    const requestsPerMinute = own.whole(1, 8);
    const tokensPerMinute = own.pick([1, 50, 3_000]);
    const requestsInFlight = own.whole(1, 4);
    return {
      id,
      sheet: drawSheet(own),
      maximumOutputTokens: own.pick([50, 8_000, 131_072]),
      limits: isLimited
        ? {
            ...(own.chance(0.6) && { requestsPerSecond }),
            ...(own.chance(0.3) && { requestsPerMinute }),
            ...(own.chance(0.2) && { tokensPerMinute }),
            ...(own.chance(0.3) && { requestsInFlight }),
          }
        : {},
    };
  });
}

function drawAccounts(random: SeededRandom, unitTicks: bigint): AccountPlan[] {
  return Array.from({ length: random.whole(1, 3) }, (_, index) => {
    const id = `team-${index}`;
    const keys = Array.from({ length: random.whole(1, 2) }, (_, key) =>
      drawKey(random.fork(`${id}-${key}`), `key-${index}-${key}`, unitTicks),
    );
    return { id, keys };
  });
}

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

function drawKey(random: SeededRandom, id: string, unitTicks: bigint): KeyPlan {
  const secret = Array.from({ length: 80 }, () => random.pick([...ALPHABET])).join('');
  const limit = (unitTicks * random.pick([3n, 60n, 120n, 150n, 250n])) / 100n;
  const isLimited = random.chance(0.35);
  return {
    id,
    text: `xai-${secret}`,
    requestsInFlight: random.chance(0.1) ? random.whole(1, 2) : undefined,
    perDayTicks: isLimited && random.chance(0.7) ? limit : null,
    perMonthTicks: isLimited && random.chance(0.5) ? limit * 2n : null,
  };
}
