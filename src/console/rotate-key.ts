import { API_KEY_RANDOM_BYTES, makeApiKey } from '../domain/api-key.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { announcing } from '../ports/changes.ts';
import type { KeyRow, Successor } from '../storage/key-store.ts';
import { findKey } from './alter-key.ts';
import type { ConsolePorts } from './console-ports.ts';
import { checkCount, type MadeKey } from './create-key.ts';
import { checkHolder } from './key-holder.ts';
import { describeKey } from './key-row.ts';

const HOUR_MS = 3_600_000;

/** A day is enough to bring a new key to every machine, and short enough to remember why there are two. */
const OVERLAP_MS = 24 * HOUR_MS;

/** Longer than this, two keys for one purpose are no overlap. */
const MAXIMUM_OVERLAP_DAYS = 90;

export interface Rotation {
  /** How long both keys work; a day when absent, and with 0 the earlier one ends at once. */
  readonly overlapMs?: number | undefined;
  /** Of the new key. It never expires when absent: the earlier one's moment was chosen for that one. */
  readonly expiresAtMs?: number | null | undefined;
}

export interface RotatedKey extends MadeKey {
  /** The key before it, which works until it expires. */
  readonly earlier: KeyRow;
}

/**
 * Makes a key that may do what an earlier one may, and ends the earlier one after an overlap. That one never ends later
 * than it would have; one that was disabled is followed by one that is.
 */
export async function rotateKey(
  ports: ConsolePorts,
  organizationId: string,
  keyId: string,
  { overlapMs = OVERLAP_MS, expiresAtMs = null }: Rotation,
): Promise<RotatedKey | Refusal> {
  if (!Number.isSafeInteger(overlapMs) || overlapMs < 0 || overlapMs > MAXIMUM_OVERLAP_DAYS * 24 * HOUR_MS) {
    return refuse('bad-overlap', { days: MAXIMUM_OVERLAP_DAYS });
  }
  const earlier = await findKey(ports, organizationId, keyId);
  if (isRefusal(earlier)) return earlier;
  if (earlier.revokedAtMs !== null) return refuse('key-is-revoked', { key: earlier.redacted });
  const refusal = (await checkHolder(ports, earlier)) ?? (await checkCount(ports, organizationId));
  if (refusal !== undefined) return refusal;

  const text = makeApiKey(ports.random.bytes(API_KEY_RANDOM_BYTES));
  const described = describeKey(ports, { ...earlier, expiresAtMs }, text);
  if (isRefusal(described)) return described;
  const key: Successor = { ...described, disabled: earlier.disabled, followsKeyId: earlier.id };
  const rotated = await announcing(ports.changed, { kind: 'key', id: earlier.id }, () =>
    announcing(ports.changed, { kind: 'key', id: key.id }, () =>
      ports.keys.rotate(key, key.createdAtMs + overlapMs),
    ),
  );
  // Somebody revoked it in this moment.
  if (!rotated) return refuse('key-is-revoked', { key: earlier.redacted });
  const ended = await findKey(ports, organizationId, earlier.id);
  return isRefusal(ended) ? ended : { key, text, earlier: ended };
}
