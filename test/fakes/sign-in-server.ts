import { type RunningServer, startServer } from '../../src/http/server.ts';
import type { Passwords } from '../../src/identity/sign-in/passwords.ts';
import type { Mail, Mailer } from '../../src/ports/mailer.ts';
import { bunPasswords } from '../../src/process/bun-passwords.ts';
import { type CommandContext, createCommandContext } from '../../src/process/commands/command-context.ts';
import type { SignInFoundations } from '../../src/process/compose-sign-in.ts';
import { composeSignIn } from '../../src/process/compose-sign-in.ts';
import { systemClock } from '../../src/process/system-clock.ts';
import { systemRandom as random } from '../../src/process/system-random.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { Browser } from './browser.ts';

/** Sign-in over HTTP on a real storage, with letters that can be read and work that is counted. */
export interface SignInServer {
  readonly url: string;
  readonly context: CommandContext;
  readonly letters: readonly Mail[];
  readonly work: Work;
  readonly failures: readonly string[];
  readonly readSession: ReturnType<typeof composeSignIn>['readSession'];
  /** The next letter to this address that nobody has waited for. */
  letterTo(email: string): Promise<Mail>;
  browser(): Browser;
  stop(): Promise<void>;
}

/** How often what takes time was done. */
export interface Work {
  hashes: number;
  digests: number;
}

export function openSignInServer(
  storage: Storage,
  options: Partial<Pick<SignInFoundations, 'isOpen' | 'publicUrl' | 'providers'>> & {
    readonly nowMs?: () => number;
  } = {},
): SignInServer {
  const work: Work = { hashes: 0, digests: 0 };
  const passwords: Passwords = {
    hash(password) {
      work.hashes += 1;
      return bunPasswords.hash(password);
    },
    verify(password, hash) {
      work.hashes += 1;
      return bunPasswords.verify(password, hash);
    },
  };
  const clock = { ...systemClock, nowMs: options.nowMs ?? systemClock.nowMs };
  const made = createCommandContext({
    ...{ dataDir: '/nowhere', storage, clock, random, changed: () => {}, seal: (text: string) => text },
    ...{ diagnose: async () => [], ownUrl: () => 'http://127.0.0.1:7070' },
  });
  const context: CommandContext = {
    ...made,
    passwords,
    sha256(text) {
      work.digests += 1;
      return made.sha256(text);
    },
  };
  const letters: Mail[] = [];
  const mailer: Mailer = {
    ...{ kind: 'folder', place: '/nowhere', deliver: async () => 'sent', check: async () => 'ready' },
    post: (mail) => void letters.push(mail),
    close: async () => {},
  };
  const failures: string[] = [];
  const log = {
    info() {},
    warn() {},
    error: (_: string, facts?: object) => void failures.push(JSON.stringify(facts)),
  };
  const signIn = composeSignIn({
    ...{
      storage,
      context,
      log,
      mailer,
      secret: 'x'.repeat(43),
      isOpen: options.isOpen ?? false,
      providers: options.providers ?? {},
    },
    ...{ publicUrl: options.publicUrl, listeningUrl: () => server.url },
  });
  const server: RunningServer = startServer({
    ...{ hostname: '127.0.0.1', port: 0, apiRoutes: [], rootRoutes: [], subtrees: [signIn.subtree] },
    ...{ trustedProxies: [], clock: systemClock, random, log },
  });
  const read = new Set<Mail>();
  return {
    url: server.url,
    ...{ context, letters, work, failures, readSession: signIn.readSession },
    async letterTo(email) {
      for (let tries = 0; tries < 5_000; tries += 1) {
        const letter = letters.find((candidate) => candidate.to === email && !read.has(candidate));
        if (letter !== undefined) {
          read.add(letter);
          return letter;
        }
        await Bun.sleep(1);
      }
      throw new Error('no letter came');
    },
    browser: () => new Browser(server.url),
    stop: () => server.stop(true),
  };
}

/** The token of a letter's link, or its code. */
export function keyIn({ text }: Pick<Mail, 'text'>): string {
  const found = /#token=([0-9a-f]+)/.exec(text)?.[1] ?? /\b(\d{4} \d{4})\b/.exec(text)?.[1];
  if (found === undefined) throw new Error(`there is nothing to open in ${text}`);
  return found;
}
