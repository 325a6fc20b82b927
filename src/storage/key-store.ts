import type { LimitRules } from '../domain/limit.ts';
import type { SpendLimits } from '../domain/spend-limit.ts';

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
  readonly spendLimits: SpendLimits;
  /** Networks it may be used from, such as `10.0.0.0/8`; from anywhere when empty. */
  readonly allowedNetworks: readonly string[];
  readonly expiresAtMs: number | null;
  readonly disabled: boolean;
  readonly revokedAtMs: number | null;
  /** The key that this one was made to replace. */
  readonly followsKeyId: string | null;
  /** To the minute. Written with the requests; nothing else sets it. */
  readonly lastUsedAtMs: number | null;
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
  Pick<
    KeyRow,
    | 'name'
    | 'acls'
    | 'limits'
    | 'spendLimits'
    | 'allowedNetworks'
    | 'expiresAtMs'
    | 'disabled'
    | 'revokedAtMs'
  >
> & { readonly modifiedAtMs: number; readonly modifiedBy: string };

/** A key that is made to replace another one of its organization. */
export interface Successor extends KeyRow {
  readonly followsKeyId: string;
}

/** Every method but `findByHash` names the organization the key must belong to. */
export interface KeyStore {
  insert(row: KeyRow): Promise<void>;
  findByHash(hash: string): Promise<KeyWithOwner | undefined>;
  find(organizationId: string, keyId: string): Promise<KeyRow | undefined>;
  /** Oldest first; revoked keys too. */
  list(organizationId: string): Promise<readonly KeyRow[]>;
  /** False when the organization has no such key. */
  change(organizationId: string, keyId: string, change: KeyChange): Promise<boolean>;
  /**
   * Stores a key and ends the one it follows at `endsAtMs`, or when that ends anyway if it is earlier: both or neither.
   * False, and nothing is stored, when the organization has no such key or it is revoked.
   */
  rotate(successor: Successor, endsAtMs: number): Promise<boolean>;
}
