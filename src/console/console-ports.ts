import type { Changed } from '../ports/changes.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { AccountStore } from '../storage/account-store.ts';
import type { AlertLetterStore } from '../storage/alert-letter-store.ts';
import type { CatalogueStore } from '../storage/catalogue-store.ts';
import type { ChannelStore } from '../storage/channel-store.ts';
import type { CodeStore } from '../storage/code-store.ts';
import type { KeyStore } from '../storage/key-store.ts';
import type { LedgerStore } from '../storage/ledger-store.ts';
import type { ReportStore } from '../storage/report-store.ts';
import type { SettingStore } from '../storage/setting-store.ts';
import type { UsageStore } from '../storage/usage-store.ts';

/** What the use-cases about keys, credit, models, channels and usage are built from. Each names the part it needs. */
export interface ConsolePorts {
  readonly accounts: AccountStore;
  readonly keys: KeyStore;
  readonly ledger: LedgerStore;
  readonly usage: UsageStore;
  readonly reports: ReportStore;
  readonly catalogue: CatalogueStore;
  readonly channels: ChannelStore;
  readonly settings: SettingStore;
  readonly codes: CodeStore;
  readonly alertLetters: AlertLetterStore;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Random;
  readonly changed: Changed;
  /** SHA-256 in lower-case hexadecimal. */
  sha256(text: string): string;
  /** Encrypts a secret for the database. */
  seal(text: string): string;
  /** Who is asking, as it stands in `modifiedBy`: a user id, or `operator` for the command line. */
  readonly actor: string;
}
