/** Something that callers' requests depend on was changed and is durable. */
export interface Change {
  /** `credit` is that of an organization, by its id: more was granted, and calls may be waiting for it. */
  readonly kind: 'key' | 'user' | 'organization' | 'session' | 'model' | 'channel' | 'credit';
  readonly id: string;
}

/**
 * Told after every change, so that a server forgets what it remembers of the thing at once. Also told when the
 * database did not say whether it carried a change out: forgetting too much costs one look-up, too little would
 * keep a revoked key alive.
 */
export type Changed = (change: Change) => void;

/** Carries out a change and tells of it, whether it was answered or not. */
export async function announcing<Answer>(
  changed: Changed,
  change: Change,
  carryOut: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await carryOut();
  } finally {
    changed(change);
  }
}
