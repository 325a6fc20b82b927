import { isApiKey } from '../domain/api-key.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { KeyRow } from '../storage/key-store.ts';
import { StorageConflict } from '../storage/storage-error.ts';
import type { ConsolePorts } from './console-ports.ts';
import { checkHolder } from './key-holder.ts';
import { describeKey, insertKey } from './key-row.ts';

/**
 * Makes a key whose text was chosen elsewhere, for scripts that set a server up with a key they know. Doing it again
 * changes nothing: a key that was revoked or disabled since stays so.
 */
export async function adoptKey(
  ports: ConsolePorts,
  request: {
    readonly organizationId: string;
    readonly userId: string;
    readonly name: string;
    readonly text: string;
  },
): Promise<KeyRow | Refusal> {
  if (!isApiKey(request.text)) return refuse('bad-key');
  const hash = ports.sha256(request.text);
  const existing = await ports.keys.findByHash(hash);
  if (existing !== undefined) return ofThisTeam(existing, request.organizationId);

  const refusal = await checkHolder(ports, request);
  if (refusal !== undefined) return refusal;
  const key = describeKey(ports, request, request.text);
  if (isRefusal(key)) return key;
  try {
    await insertKey(ports, key);
    return key;
  } catch (error) {
    // Another process adopted it at the same moment.
    const winner = error instanceof StorageConflict ? await ports.keys.findByHash(hash) : undefined;
    if (winner === undefined) throw error;
    return ofThisTeam(winner, request.organizationId);
  }
}

function ofThisTeam(key: KeyRow, organizationId: string): KeyRow | Refusal {
  return key.organizationId === organizationId ? key : refuse('key-of-another-team');
}
