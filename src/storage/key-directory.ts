import { readKeylessId } from '../domain/keyless.ts';
import type { Change } from '../ports/changes.ts';
import type { KeyStore, KeyWithOwner } from './key-store.ts';

/** About 1 KB each. An installation with more keys in use reads the ones it has not seen for longest again. */
const MAXIMUM_KEYS = 100_000;

/**
 * Keys as every request looks them up: from memory, at once, after the first time. It is told of every change and
 * forgets what the change concerns; it never decides about money. Unknown keys are not remembered, so guessing keys
 * does not fill it.
 */
export class KeyDirectory {
  readonly #keys: Pick<KeyStore, 'findByHash'>;
  readonly #maximumKeys: number;
  /** By hash. While more than half of the room is taken, the one looked up longest ago comes first. */
  readonly #known = new Map<string, KeyWithOwner>();
  readonly #hashById = new Map<string, string>();
  #reading = new Map<string, Promise<KeyWithOwner | undefined>>();
  readonly #listeners = new Map<string, Set<() => void>>();

  constructor(keys: Pick<KeyStore, 'findByHash'>, maximumKeys = MAXIMUM_KEYS) {
    this.#keys = keys;
    this.#maximumKeys = maximumKeys;
  }

  /** Answers at once what it knows. Rejects when the store cannot be reached; that is never an unknown key. */
  find(hash: string): KeyWithOwner | undefined | Promise<KeyWithOwner | undefined> {
    const known = this.#known.get(hash);
    if (known === undefined) return this.#reading.get(hash) ?? this.#read(hash);
    // Who was looked up last matters only where somebody may have to go soon.
    if (this.#known.size > this.#maximumKeys / 2) {
      this.#known.delete(hash);
      this.#known.set(hash, known);
    }
    return known;
  }

  /**
   * Forgets what a change concerns and tells whoever subscribed. A read that is under way may have seen the time
   * before the change: its callers get it, but it is not kept, and nobody who asks from now on waits for it.
   */
  invalidate({ kind, id }: Change): void {
    if (kind === 'session') this.#tellKeyless();
    if (kind !== 'key' && kind !== 'user' && kind !== 'organization') return;
    this.#reading = new Map();
    if (kind === 'key') {
      this.#forget(this.#hashById.get(id));
      this.#tell(id);
      return;
    }
    for (const [hash, key] of this.#known) {
      if ((kind === 'user' ? key.userId : key.organizationId) === id) this.#forget(hash);
    }
    // Who is listening may be about a key that is known no more, so all look again; that costs them a look-up.
    for (const keyId of [...this.#listeners.keys()]) this.#tell(keyId);
  }

  /** Forgets all keys, and lets whoever listens look again: something was changed and nobody knows what. */
  invalidateAll(): void {
    this.#reading = new Map();
    this.#known.clear();
    this.#hashById.clear();
    for (const keyId of [...this.#listeners.keys()]) this.#tell(keyId);
  }

  /** Calls `onChange` when the key, or an owner of keys, was changed. The answer ends the subscription. */
  subscribe(keyId: string, onChange: () => void): () => void {
    const listeners = this.#listeners.get(keyId) ?? new Set();
    this.#listeners.set(keyId, listeners);
    // The same function may be subscribed twice; each has to end for itself.
    const listener = () => onChange();
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(keyId) === listeners) this.#listeners.delete(keyId);
    };
  }

  #read(hash: string): Promise<KeyWithOwner | undefined> {
    const reading = this.#reading;
    const found = this.#keys.findByHash(hash).then(
      (key) => {
        reading.delete(hash);
        if (key !== undefined && reading === this.#reading) this.#keep(key);
        return key;
      },
      (error) => {
        reading.delete(hash);
        throw error;
      },
    );
    reading.set(hash, found);
    return found;
  }

  #keep(key: KeyWithOwner): void {
    this.#known.set(key.hash, key);
    this.#hashById.set(key.id, key.hash);
    if (this.#known.size <= this.#maximumKeys) return;
    const [oldest] = this.#known.keys();
    this.#forget(oldest);
  }

  #forget(hash: string | undefined): void {
    if (hash === undefined) return;
    const key = this.#known.get(hash);
    this.#known.delete(hash);
    if (key !== undefined) this.#hashById.delete(key.id);
  }

  /** Whoever calls without a key does so by a session; which one it was they know themselves. */
  #tellKeyless(): void {
    for (const keyId of [...this.#listeners.keys()])
      if (readKeylessId(keyId) !== undefined) this.#tell(keyId);
  }

  #tell(keyId: string): void {
    for (const listener of [...(this.#listeners.get(keyId) ?? [])]) listener();
  }
}
