import type { Ticks } from '../domain/money.ts';
import type { Page, PageRequest } from './page.ts';

/** A code that gives credit. Its text is kept by nobody but who has it. */
export interface CodeRow {
  readonly id: string;
  /** SHA-256 of the code's letters, lower-case hexadecimal. */
  readonly hash: string;
  readonly redacted: string;
  readonly amountTicks: Ticks;
  readonly mostUses: number;
  readonly uses: number;
  readonly memo: string;
  readonly expiresAtMs: number | null;
  /** Since when an operator has taken it back. */
  readonly endedAtMs: number | null;
  readonly createdAtMs: number;
  readonly createdBy: string;
}

export interface CodeClaim {
  readonly hash: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly atMs: number;
}

/** A use that was claimed and whose credit may not have been granted yet. */
export interface ClaimedCode {
  readonly codeId: string;
  readonly organizationId: string;
  readonly amountTicks: Ticks;
  readonly memo: string;
}

/** What one team had of a code. */
export interface CodeUse {
  readonly organizationId: string;
  readonly userId: string;
  readonly atMs: number;
  /** Whether its credit is in the books. */
  readonly granted: boolean;
}

export type CodeClaimAnswer =
  | ({ readonly outcome: 'done' | 'claimed-before' } & ClaimedCode)
  | { readonly outcome: 'unknown' | 'used-up' | 'used-already' | 'expired' };

export interface CodeStore {
  insert(rows: readonly CodeRow[]): Promise<void>;
  /** Youngest first. */
  list(page: PageRequest): Promise<Page<CodeRow>>;
  /** False for a code that is not there or was ended before. */
  end(id: string, atMs: number): Promise<boolean>;
  /**
   * Takes one use of a code for an organization, in one atomic step: never more uses than there are, never two for one
   * organization. `claimed-before`: this organization has it, and its credit was not noted as granted.
   */
  claim(claim: CodeClaim): Promise<CodeClaimAnswer>;
  noteGranted(codeId: string, organizationId: string): Promise<void>;
  /** Youngest first; at most 1,000. */
  usesOf(codeId: string): Promise<readonly CodeUse[]>;
  /** Uses whose credit was not noted as granted: a process died between the two. At most 1,000. */
  listUngranted(): Promise<readonly ClaimedCode[]>;
}
