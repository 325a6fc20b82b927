import type { KeyChange, KeyRow, KeyStore, KeyWithOwner, Successor } from '../key-store.ts';
import { StorageConflict } from '../storage-error.ts';
import type { MemoryAccountStore } from './account-store.ts';
import { compareTexts } from './compare-texts.ts';
import type { MemoryState } from './memory-state.ts';

export class MemoryKeyStore implements KeyStore {
  readonly #accounts: MemoryAccountStore;
  readonly #state: Pick<MemoryState, 'keyUses'>;
  readonly #rows = new Map<string, KeyRow>();
  readonly #idByHash = new Map<string, string>();

  constructor(accounts: MemoryAccountStore, state: Pick<MemoryState, 'keyUses'>) {
    this.#accounts = accounts;
    this.#state = state;
  }

  async insert(row: KeyRow): Promise<void> {
    if (this.#rows.has(row.id) || this.#idByHash.has(row.hash))
      throw new StorageConflict('unique', 'the key exists already');
    if (!this.#accounts.hasUser(row.userId) || !this.#accounts.hasOrganization(row.organizationId)) {
      throw new StorageConflict('reference', 'the key has no owner');
    }
    this.#rows.set(row.id, { ...row });
    this.#idByHash.set(row.hash, row.id);
  }

  async findByHash(hash: string): Promise<KeyWithOwner | undefined> {
    const row = this.#row(this.#idByHash.get(hash) ?? '');
    if (row === undefined) return undefined;
    const organization = await this.#accounts.findOrganization(row.organizationId);
    const user = await this.#accounts.findUser(row.userId);
    return { ...row, organizationBlocked: organization?.blocked ?? true, userBanned: user?.banned ?? true };
  }

  async find(organizationId: string, keyId: string): Promise<KeyRow | undefined> {
    const row = this.#row(keyId);
    return row?.organizationId === organizationId ? row : undefined;
  }

  async list(organizationId: string): Promise<readonly KeyRow[]> {
    return [...this.#rows.keys()]
      .flatMap((id) => this.#row(id) ?? [])
      .filter((row) => row.organizationId === organizationId)
      .sort((a, b) => a.createdAtMs - b.createdAtMs || compareTexts(a.id, b.id));
  }

  async change(organizationId: string, keyId: string, change: KeyChange): Promise<boolean> {
    const row = await this.find(organizationId, keyId);
    if (row === undefined) return false;
    this.#rows.set(keyId, { ...row, ...change });
    return true;
  }

  async rotate(successor: Successor, endsAtMs: number): Promise<boolean> {
    const row = await this.find(successor.organizationId, successor.followsKeyId);
    if (row === undefined || row.revokedAtMs !== null) return false;
    await this.insert(successor);
    const { modifiedAtMs, modifiedBy } = successor;
    const expiresAtMs = Math.min(row.expiresAtMs ?? endsAtMs, endsAtMs);
    this.#rows.set(row.id, { ...row, expiresAtMs, modifiedAtMs, modifiedBy });
    return true;
  }

  #row(id: string): KeyRow | undefined {
    const row = this.#rows.get(id);
    return row && { ...row, lastUsedAtMs: this.#state.keyUses.get(id) ?? row.lastUsedAtMs };
  }
}
