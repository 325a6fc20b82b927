import type { Clock } from '../../ports/clock.ts';
import type { LetterOffice } from '../../ports/mailer.ts';
import type { Random } from '../../ports/random.ts';
import type { Storage } from '../../storage/storage.ts';
import type { CopyDatabase } from '../commands/command-context.ts';
import type { CheckResult } from '../doctor/check-result.ts';
import type { ServeWords } from './build-program.ts';

/** What the command line touches of the world. */
export interface CommandLineEnvironment {
  /** Absolute. */
  readonly dataDir: string;
  /** A database elsewhere than in the data folder, as it may be shown. */
  readonly database?: string | undefined;
  /** The process's environment variables; they decide the language. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: Random;
  /** Resolves when the text is out of the process's hands, so that ending it cuts nothing off. */
  readonly stdout: (text: string) => Promise<void>;
  readonly stderr: (text: string) => Promise<void>;
  /** Whether a person is looking, on a screen of `width` columns. */
  readonly isTerminal: boolean;
  readonly width: number;
  /** An IANA name; the machine's own zone when absent. */
  readonly timeZone?: string | undefined;
  /** The standard input to its end, a few kilobytes at most. Only called for a value that is given as `-`. */
  readonly readStdin: () => Promise<string>;
  /** Opens the data folder's database. Only called under the folder's lock. */
  readonly openStorage: (dataDir: string) => Promise<Storage>;
  readonly seal: (text: string) => string;
  /** Copies the database that `openStorage` has opened. Only called under the folder's lock. */
  readonly copyDatabase?: ((opened: Storage, toUrl: string) => ReturnType<CopyDatabase>) | undefined;
  /** Letters, by the settings of this process. */
  readonly mail?: (() => LetterOffice | undefined) | undefined;
  /** Starts the server; answers the exit status when it has stopped. */
  readonly serve?: ((options: ServeWords) => Promise<number>) | undefined;
  /** Further looks for the doctor. */
  readonly checks?: (() => Promise<readonly CheckResult[]>) | undefined;
}

/** The exit status of every command. */
export const EXIT = {
  done: 0,
  /** Refused, or done with findings. */
  refused: 1,
  /** The command line was mistyped. */
  usage: 2,
  /** The command could not be worked on: no database, no answer, a bug. */
  failed: 3,
} as const;
