import type { Finding, Rule } from './finding.ts';
import { PURE_ROOMS, roomOf } from './floors.ts';
import type { GlobalUse } from './read-global-uses.ts';
import { isTest, type SourceFacts } from './source-facts.ts';

interface Ban {
  readonly applies: (use: GlobalUse) => boolean;
  readonly remedy: string;
}

const named =
  (...names: readonly string[]) =>
  ({ name }: GlobalUse) =>
    names.some((banned) => name === banned || name.startsWith(`${banned}.`));

/** Where everything from outside arrives as a port. */
const BANS_IN_PURE_ROOMS: readonly Ban[] = [
  { applies: readsTheTime, remedy: 'the time comes from a Clock (src/ports/clock.ts).' },
  {
    applies: named('Math.random', 'crypto.randomUUID', 'crypto.getRandomValues'),
    remedy: 'chance comes from a Random (src/ports/random.ts).',
  },
  {
    applies: named('setTimeout', 'setInterval', 'setImmediate', 'AbortSignal.timeout'),
    remedy: 'waiting is asked of a Clock (src/ports/clock.ts).',
  },
  {
    applies: named('fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'),
    remedy: 'the network is behind upstream/; receive what you need as a port.',
  },
  {
    applies: named('process', 'navigator'),
    remedy: 'settings are parameters; process/ reads the environment.',
  },
];

/** A `Date` made from a moment is a value; one made from nothing is a look at the clock. */
function readsTheTime({ name, argumentCount }: GlobalUse): boolean {
  return name === 'Date.now' || name.startsWith('performance') || (name === 'Date' && argumentCount === 0);
}

/** The only places that know which runtime this is; the rest keeps to web standards, which keeps a way out open. */
const RUNTIME_PLACES = /^src\/(?:process\/|storage\/|upstream\/connection|http\/server)/;

/** The ways to the world that a room must not take by itself. */
export const bannedGlobals: Rule = (_, sources) =>
  sources.filter(({ path }) => path.startsWith('src/') && !isTest(path)).flatMap(checkFile);

function checkFile(source: SourceFacts): readonly Finding[] {
  const { path, globalUses, references } = source;
  const bans = bansFor(path);
  const uses = globalUses.flatMap((use) => {
    const ban = bans.find(({ applies }) => applies(use));
    return ban === undefined ? [] : [{ path, line: use.line, message: `uses ${use.name}: ${ban.remedy}` }];
  });
  const modules = references.flatMap(({ specifier, line }) => {
    const remedy = judgeModule(path, specifier);
    return remedy === undefined ? [] : [{ path, line, message: `imports ${specifier}: ${remedy}` }];
  });
  return [...uses, ...modules];
}

function bansFor(path: string): readonly Ban[] {
  const room = roomOf(path) ?? '';
  const bans: Ban[] = PURE_ROOMS.has(room) ? [...BANS_IN_PURE_ROOMS] : [];
  if (room !== 'process') {
    bans.push({
      applies: named('process.env'),
      remedy: 'process/config.ts reads settings, once; receive them.',
    });
    bans.push({
      applies: named('console'),
      remedy: 'write to a Log (src/ports/log.ts); only process/ talks to people.',
    });
  }
  if (!RUNTIME_PLACES.test(path)) {
    bans.push({ applies: named('Bun'), remedy: `only ${RUNTIME_PLACES_IN_WORDS} may name the runtime.` });
  }
  return bans;
}

const RUNTIME_PLACES_IN_WORDS = 'process/, storage/, upstream/connection* and http/server*';

function judgeModule(path: string, specifier: string): string | undefined {
  if (/^bun(?::|$)/.test(specifier) && !RUNTIME_PLACES.test(path)) {
    return `only ${RUNTIME_PLACES_IN_WORDS} may name the runtime.`;
  }
  if (specifier === 'node:process' && roomOf(path) !== 'process')
    return 'only process/ speaks to the process.';
  if (specifier.startsWith('node:') && PURE_ROOMS.has(roomOf(path) ?? '')) {
    return 'this room knows no machine; receive a port, or use a web standard without effects.';
  }
  return undefined;
}
