import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { announcing } from '../ports/changes.ts';
import type { KeyChange, KeyRow } from '../storage/key-store.ts';
import type { ConsolePorts } from './console-ports.ts';

export type KeyPorts = Pick<ConsolePorts, 'keys' | 'accounts' | 'clock' | 'changed' | 'actor'>;

/** What of a key becomes otherwise; who did it and when is added. */
export type KeyAlteration = Omit<KeyChange, 'modifiedAtMs' | 'modifiedBy'>;

/** A team's key, or a refusal that does not tell whether another team has it. */
export async function findKey(
  { keys }: Pick<ConsolePorts, 'keys'>,
  organizationId: string,
  keyId: string,
): Promise<KeyRow | Refusal> {
  return (await keys.find(organizationId, keyId)) ?? refuse('unknown-key', { key: keyId });
}

/** The one way to change a key: nothing here ever takes a revocation back. */
export async function alterKey(
  ports: KeyPorts,
  organizationId: string,
  keyId: string,
  change: (key: KeyRow) => KeyAlteration | Refusal | Promise<KeyAlteration | Refusal>,
): Promise<KeyRow | Refusal> {
  const key = await findKey(ports, organizationId, keyId);
  if (isRefusal(key)) return key;
  if (key.revokedAtMs !== null) return refuse('key-is-revoked', { key: key.redacted });
  const changes = await change(key);
  if (isRefusal(changes)) return changes;
  const complete: KeyChange = { ...changes, modifiedAtMs: ports.clock.nowMs(), modifiedBy: ports.actor };
  const found = await announcing(ports.changed, { kind: 'key', id: key.id }, () =>
    ports.keys.change(organizationId, keyId, complete),
  );
  return found ? { ...key, ...complete } : refuse('unknown-key', { key: keyId });
}
