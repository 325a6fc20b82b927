/** Where a signed-in person calls models without a key. */
export type KeylessDoor = 'console' | 'chat';

/**
 * Stands in records in the place of a key's id: the door and the person, so that usage by key is usage by person too.
 * No key has such an id.
 */
export function keylessId(door: KeylessDoor, userId: string): string {
  return `${door}:${userId}`;
}

/** The door and the person behind a recorded key id, or undefined for a key's. */
export function readKeylessId(
  keyId: string,
): { readonly door: KeylessDoor; readonly userId: string } | undefined {
  const [, door, userId] = /^(console|chat):(.+)$/s.exec(keyId) ?? [];
  return userId === undefined ? undefined : { door: door as KeylessDoor, userId };
}
