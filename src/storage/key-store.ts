import type { LimitRules } from '../domain/limit.ts';

/** An API key as it is stored: everything but its text, of which only the SHA-256 is kept. */
export interface KeyRow {
  readonly id: string;
  /** SHA-256 of the whole key, lower-case hexadecimal. */
  readonly hash: string;
  /** `xai-...b14o`. */
  readonly redacted: string;
  readonly name: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly acls: readonly string[];
  readonly limits: LimitRules;
  readonly expiresAtMs: number | null;
  readonly disabled: boolean;
  readonly revokedAtMs: number | null;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
  readonly modifiedBy: string;
}

/** What a request needs to know of its key, in one look. */
export interface KeyWithOwner extends KeyRow {
  readonly organizationBlocked: boolean;
  readonly userBanned: boolean;
}

export type KeyChange = Partial<
  Pick<KeyRow, 'name' | 'acls' | 'limits' | 'expiresAtMs' | 'disabled' | 'revokedAtMs'>
> & { readonly modifiedAtMs: number; readonly modifiedBy: string };

/** Every method but `findByHash` names the organization the key must belong to. */
export interface KeyStore {
  insert(row: KeyRow): Promise<void>;
  findByHash(hash: string): Promise<KeyWithOwner | undefined>;
  find(organizationId: string, keyId: string): Promise<KeyRow | undefined>;
  /** Oldest first; revoked keys too. */
  list(organizationId: string): Promise<readonly KeyRow[]>;
  /** False when the organization has no such key. */
  change(organizationId: string, keyId: string, change: KeyChange): Promise<boolean>;
}
