import type { Changed } from '../ports/changes.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { AccountStore } from '../storage/account-store.ts';
import type { KeyStore } from '../storage/key-store.ts';
import type { LedgerStore } from '../storage/ledger-store.ts';
import type { SettingStore } from '../storage/setting-store.ts';
import type { SignUpStore } from '../storage/sign-up-store.ts';

/** What the use-cases about people and teams are built from. Each names the part it needs. */
export interface IdentityPorts {
  readonly accounts: AccountStore;
  readonly keys: KeyStore;
  readonly ledger: LedgerStore;
  readonly settings: SettingStore;
  readonly signUps: SignUpStore;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Pick<Random, 'uuid'>;
  readonly changed: Changed;
  /** Who is asking, as it stands in `modifiedBy`: a user id, or `operator` for the command line. */
  readonly actor: string;
}
