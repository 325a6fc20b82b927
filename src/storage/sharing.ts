import type { Change } from '../ports/changes.ts';

/**
 * What an engine offers whose database several processes may share. Each process has holds of its own and remembers
 * keys, models and channels; so it says that it lives, and hears of what the others change.
 */
export interface Sharing {
  /**
   * Enters a process among the living and listens; both are in effect when it resolves. To be called before the
   * process's first hold and before it reads anything that it remembers.
   */
  join(member: Member): Promise<Membership>;
  /** One process at a time does this; the others wait their turn, and reject when it takes too long. */
  alone<T>(act: () => Promise<T>): Promise<T>;
}

export interface Member {
  /** The owner of its holds. */
  readonly processId: string;
  /**
   * Told within a second of what another process (and this one) has changed; `everything` when changes may have been
   * missed.
   */
  readonly onChange: (change: Change | 'everything') => void;
}

export interface Membership {
  /** Takes the process out. Its calls must have ended: what it has left open is ended by others. */
  leave(): Promise<void>;
}
