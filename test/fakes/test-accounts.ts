import { createHash } from 'node:crypto';
import type { ConsolePorts } from '../../src/console/console-ports.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import { createUser, type UserWithTeam } from '../../src/identity/create-user.ts';
import type { IdentityPorts } from '../../src/identity/identity-ports.ts';
import type { Change } from '../../src/ports/changes.ts';
import type { Random } from '../../src/ports/random.ts';
import type { ActivityStore } from '../../src/storage/activity-store.ts';
import type { AuthStore } from '../../src/storage/auth-store.ts';
import { openMemoryStorage } from '../../src/storage/memory/storage.ts';
import { ManualClock } from './manual-clock.ts';

export interface TestAccounts extends IdentityPorts, ConsolePorts {
  readonly activity: ActivityStore;
  readonly auth: AuthStore;
  readonly clock: ManualClock;
  readonly random: Random;
  /** Everything that was announced, oldest first. */
  readonly changes: Change[];
}

/** The use-cases' world over memory storage, with chance that repeats itself. */
export function openTestAccounts(): TestAccounts {
  const changes: Change[] = [];
  return {
    ...openMemoryStorage(),
    clock: new ManualClock(),
    random: countingRandom(),
    changes,
    changed: (change) => void changes.push(change),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    seal: (text) => `sealed(${text.length})`,
    actor: 'operator',
  };
}

/** Makes a person and expects it to work. */
export async function makeUser(ports: IdentityPorts, email = 'arthur@example.com'): Promise<UserWithTeam> {
  return expectDone(await createUser(ports, { email, role: 'user' }));
}

/** The value of a use-case that is not the test's subject. */
export function expectDone<T>(result: T): Exclude<T, { readonly kind: 'refusal' }> {
  if (isRefusal(result)) throw new Error(`refused: ${result.code} ${JSON.stringify(result.facts)}`);
  return result as Exclude<T, { readonly kind: 'refusal' }>;
}

/** The code of a refusal, or what was done instead. */
export function codeOf(result: unknown): unknown {
  return isRefusal(result) ? result.code : result;
}

function countingRandom(): Random {
  let made = 0;
  return {
    uuid: () => {
      made += 1;
      return `00000000-0000-7000-8000-${made.toString(16).padStart(12, '0')}`;
    },
    bytes: (count) => {
      made += 1;
      return new Uint8Array(createHash('shake256', { outputLength: count }).update(String(made)).digest());
    },
  };
}

/** A store of which some methods are others, for faults at a chosen place. */
export function replacing<Store extends object>(store: Store, methods: Partial<Store>): Store {
  return new Proxy(store, {
    get(target, name) {
      if (Object.hasOwn(methods, name)) return Reflect.get(methods, name);
      const value: unknown = Reflect.get(target, name);
      // Bound, because the stores keep their state in private fields, which a proxy does not have.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
