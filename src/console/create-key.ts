import { API_KEY_RANDOM_BYTES, makeApiKey } from '../domain/api-key.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { KeyRow } from '../storage/key-store.ts';
import type { ConsolePorts } from './console-ports.ts';
import { checkHolder } from './key-holder.ts';
import { describeKey, insertKey, type NewKey } from './key-row.ts';

/** A team with more working keys than this has a script that forgot to revoke. */
const MAXIMUM_KEYS_PER_TEAM = 1_000;

export interface MadeKey {
  readonly key: KeyRow;
  /** The key itself. This is the only time that anybody sees it. */
  readonly text: string;
}

/** Makes a key. Only its SHA-256 is stored. */
export async function createKey(ports: ConsolePorts, request: NewKey): Promise<MadeKey | Refusal> {
  const refusal = (await checkHolder(ports, request)) ?? (await checkCount(ports, request.organizationId));
  if (refusal !== undefined) return refusal;
  const text = makeApiKey(ports.random.bytes(API_KEY_RANDOM_BYTES));
  const key = describeKey(ports, request, text);
  if (isRefusal(key)) return key;
  await insertKey(ports, key);
  return { key, text };
}

/** Whether the team may have one more key. */
export async function checkCount(
  { keys, clock }: Pick<ConsolePorts, 'keys' | 'clock'>,
  organizationId: string,
): Promise<Refusal | undefined> {
  const nowMs = clock.nowMs();
  const working = (await keys.list(organizationId)).filter(
    (key) => key.revokedAtMs === null && (key.expiresAtMs === null || key.expiresAtMs > nowMs),
  );
  return working.length < MAXIMUM_KEYS_PER_TEAM
    ? undefined
    : refuse('too-many-keys', { most: MAXIMUM_KEYS_PER_TEAM });
}
