import type { AccountStore } from './account-store.ts';
import type { ActivityStore } from './activity-store.ts';
import type { AlertLetterStore } from './alert-letter-store.ts';
import type { AuthStore } from './auth-store.ts';
import type { CatalogueStore } from './catalogue-store.ts';
import type { ChannelStore } from './channel-store.ts';
import type { ChatStore } from './chat-store.ts';
import type { CodeStore } from './code-store.ts';
import type { DirectoryStore } from './directory-store.ts';
import type { IdempotencyStore } from './idempotency-store.ts';
import type { KeyStore } from './key-store.ts';
import type { LedgerStore } from './ledger-store.ts';
import type { ReportStore } from './report-store.ts';
import type { SettingStore } from './setting-store.ts';
import type { Sharing } from './sharing.ts';
import type { SignUpStore } from './sign-up-store.ts';
import type { Upkeep } from './upkeep.ts';
import type { UsageStore } from './usage-store.ts';

/** One engine's stores, opened together. */
export interface Storage {
  readonly engine: 'memory' | 'sqlite' | 'postgres';
  readonly ledger: LedgerStore;
  readonly usage: UsageStore;
  readonly reports: ReportStore;
  readonly keys: KeyStore;
  readonly accounts: AccountStore;
  readonly auth: AuthStore;
  readonly directory: DirectoryStore;
  readonly catalogue: CatalogueStore;
  readonly channels: ChannelStore;
  readonly settings: SettingStore;
  readonly activity: ActivityStore;
  readonly codes: CodeStore;
  readonly signUps: SignUpStore;
  readonly alertLetters: AlertLetterStore;
  /** Absent where one process has the database to itself. */
  readonly sharing?: Sharing | undefined;
  readonly chats: ChatStore;
  readonly idempotency: IdempotencyStore;
  /** Absent where the engine has tools of its own for it. */
  readonly upkeep?: Upkeep;
  /** Computes balances and days anew from entries and requests. Keeps every writer waiting: not for a server. */
  rebuild(): Promise<void>;
  /** Resolves when the engine can read and write; rejects when it cannot. */
  check(): Promise<void>;
  /** Finishes what is under way and closes. */
  close(): Promise<void>;
}
