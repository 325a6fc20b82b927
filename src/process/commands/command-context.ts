import type { ConsolePorts } from '../../console/console-ports.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { IdentityPorts } from '../../identity/identity-ports.ts';
import type { Passwords } from '../../identity/sign-in/passwords.ts';
import type { Changed } from '../../ports/changes.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LetterOffice } from '../../ports/mailer.ts';
import type { Random } from '../../ports/random.ts';
import type { ActivityStore } from '../../storage/activity-store.ts';
import type { AuthStore } from '../../storage/auth-store.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Upkeep } from '../../storage/upkeep.ts';
import { bunPasswords } from '../bun-passwords.ts';
import type { DatabaseCopy } from '../copy-database.ts';
import type { CheckResult } from '../doctor/check-result.ts';
import { settingsWithin } from '../registration-environment.ts';

/** Everything that commands work with. */
export interface CommandContext extends IdentityPorts, ConsolePorts {
  readonly clock: Pick<Clock, 'nowMs' | 'monotonicMs'>;
  readonly random: Random;
  readonly activity: ActivityStore;
  readonly auth: AuthStore;
  readonly passwords: Passwords;
  /** The process whose open holds are requests under way; undefined when no server runs. */
  readonly processId: string | undefined;
  readonly dataDir: string;
  /** Where people reach the server, or would. */
  readonly ownUrl: () => string;
  /** What the environment sets of what could be set here, by the name in the store. */
  readonly fixedSettings: ReadonlyMap<string, string>;
  /** Names the storage's engine. */
  readonly engine: string;
  /** Absent where the engine has tools of its own. */
  readonly upkeep: Upkeep | undefined;
  readonly rebuild: Storage['rebuild'];
  /** Letters, and the server's name in them. Undefined: the settings of mail cannot be used. */
  readonly mail: LetterOffice | undefined;
  diagnose(): Promise<readonly CheckResult[]>;
  /** Copies the data folder's database to a PostgreSQL database. Absent in a server, which goes on writing. */
  readonly copyDatabase?: CopyDatabase | undefined;
}

export type CopyDatabase = (toUrl: string) => Promise<DatabaseCopy | Refusal>;

export interface CommandContextOptions {
  readonly dataDir: string;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: Random;
  readonly changed: Changed;
  readonly seal: (text: string) => string;
  readonly ownUrl: () => string;
  readonly fixedSettings?: ReadonlyMap<string, string> | undefined;
  readonly processId?: string | undefined;
  readonly mail?: LetterOffice | undefined;
  readonly diagnose: () => Promise<readonly CheckResult[]>;
  readonly copyDatabase?: CopyDatabase | undefined;
}

/** Whoever may use the command line or its socket is the operator of this machine. */
const ACTOR = 'operator';

/** Builds what commands need, in the server or in a process that has the data folder to itself. */
export function createCommandContext({
  storage,
  fixedSettings = new Map(),
  ...rest
}: CommandContextOptions): CommandContext {
  return {
    ...rest,
    fixedSettings,
    accounts: storage.accounts,
    auth: storage.auth,
    passwords: bunPasswords,
    keys: storage.keys,
    ledger: storage.ledger,
    usage: storage.usage,
    reports: storage.reports,
    catalogue: storage.catalogue,
    channels: storage.channels,
    settings: settingsWithin(storage.settings, fixedSettings),
    activity: storage.activity,
    codes: storage.codes,
    signUps: storage.signUps,
    alertLetters: storage.alertLetters,
    engine: storage.engine,
    upkeep: storage.upkeep,
    rebuild: storage.rebuild,
    processId: rest.processId,
    mail: rest.mail,
    sha256: (text) => new Bun.CryptoHasher('sha256').update(text).digest('hex'),
    actor: ACTOR,
  };
}
