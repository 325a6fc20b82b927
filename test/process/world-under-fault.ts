import { join } from 'node:path';
import { type RunningServer, serverProcessId, startServer } from '../fakes/running-server.ts';
import { type Evidence, judgeBooks } from './judge-books.ts';
import { readBooks } from './read-books.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { undoAtExit } from './undo-at-exit.ts';
import type { ReceivedAnswer } from './witness-client.ts';
import { startWitnessUpstream, type WitnessUpstream } from './witness-upstream.ts';

/** More than a test can spend. */
const PLENTY_TICKS = 8_000_000_000_000_000n;

const FIRST_KEY = `xai-${'k'.repeat(80)}`;

const LAUNCHER = join(import.meta.dir, '../../bin/turnpike.mjs');

/** What the ledger did not hear is sent again after 15 seconds in the background, and then after a minute. */
const HOLDS_DEADLINE_MS = 100_000;

export interface WorldOptions {
  readonly environment?: Record<string, string>;
  /** Kept by whoever made it; one of its own, which goes with the world, where none is given. */
  readonly dataDir?: string;
  /** Starts that are killed before the first one that is not, each after so many milliseconds. */
  readonly killedStartsMs?: readonly number[];
}

/** The shipped server between callers and an upstream that both remember everything, and the means to do it harm. */
export class WorldUnderFault {
  readonly upstream: WitnessUpstream;
  #dataDir: string;
  readonly #environment: Record<string, string>;
  readonly #forgetUndo: () => void;
  readonly #undo: () => void;
  readonly #killedAtMs: number[] = [];
  #server: RunningServer | undefined;
  #calls = 0;
  #startedInMs = 0;

  private constructor(upstream: WitnessUpstream, { environment = {}, dataDir }: WorldOptions) {
    this.upstream = upstream;
    const folder = dataDir === undefined ? temporaryFolder() : { path: dataDir, remove: () => {} };
    this.#dataDir = folder.path;
    this.#environment = environment;
    this.#undo = () => {
      if (this.#server !== undefined) signal(this.#server, 'SIGKILL');
      folder.remove();
    };
    this.#forgetUndo = undoAtExit(this.#undo);
  }

  /** A world whose server runs and whose first account has plenty of credit. */
  static async open(options: WorldOptions = {}): Promise<WorldUnderFault> {
    const world = new WorldUnderFault(await startWitnessUpstream(), options);
    try {
      for (const afterMs of options.killedStartsMs ?? []) await world.killStart(afterMs);
      await world.start();
      await world.server.turnpike('credit', 'grant', `${PLENTY_TICKS} ticks`);
      return world;
    } catch (reason) {
      await world.close();
      throw reason;
    }
  }

  get server(): RunningServer {
    if (this.#server === undefined) throw new Error('no server was started');
    return this.#server;
  }

  readonly nextCall = () => {
    this.#calls += 1;
    return this.#calls;
  };

  /** How long the last start took until the server was ready. */
  get startedInMs(): number {
    return this.#startedInMs;
  }

  async start(): Promise<void> {
    const fromMs = performance.now();
    this.#server = await startServer(this.#settings(), { dataDir: this.#dataDir });
    this.#startedInMs = performance.now() - fromMs;
  }

  /** Begins a start and kills it after so many milliseconds, wherever it is by then. */
  async killStart(afterMs: number): Promise<void> {
    const launcher = Bun.spawn(['node', LAUNCHER, 'serve'], {
      env: { ...process.env, TURNPIKE_DATA_DIR: this.#dataDir, TURNPIKE_PORT: '0', ...this.#settings() },
      stdout: 'ignore',
      stderr: 'ignore',
    });
    await Bun.sleep(afterMs);
    process.kill(serverProcessId({ processId: launcher.pid }), 'SIGKILL');
    await launcher.exited;
  }

  #settings(): Record<string, string> {
    return {
      TURNPIKE_LIMITS: 'off',
      TURNPIKE_LOG_LEVEL: 'warn',
      TURNPIKE_UPSTREAM: this.upstream.baseUrl,
      // Given, because a start that is killed late has made the first key, which nobody has seen.
      TURNPIKE_INITIAL_API_KEY: FIRST_KEY,
      ...this.#environment,
    };
  }

  async kill(): Promise<void> {
    this.#killedAtMs.push(performance.now());
    await this.server.kill('SIGKILL');
  }

  /** Starts the next server on a data folder that has moved. */
  async moveTo(dataDir: string): Promise<void> {
    this.#dataDir = dataDir;
    await this.start();
  }

  /** Stops it where it is, as a debugger or a hypervisor does; nothing in it runs until `resume`. */
  pause(): void {
    signal(this.server, 'SIGSTOP');
  }

  resume(): void {
    signal(this.server, 'SIGCONT');
  }

  /** Whatever its books, its upstream and its callers do not agree upon, in words. */
  async judge(received: readonly ReceivedAnswer[]): Promise<string[]> {
    const evidence: Evidence = {
      books: await readBooks(this.server),
      received,
      sent: this.upstream.answers,
      killedAtMs: this.#killedAtMs,
    };
    return judgeBooks(evidence);
  }

  /** Waits until no hold is open: what was under way is settled, also what is settled in the background. */
  async untilNothingIsHeld(): Promise<void> {
    const deadline = Date.now() + HOLDS_DEADLINE_MS;
    for (;;) {
      const { held_ticks } = (await this.server.turnpike('credit', 'balance')) as { held_ticks: string };
      if (held_ticks === '0') return;
      if (Date.now() > deadline) throw new Error(`${held_ticks} ticks are still held`);
      await Bun.sleep(200);
    }
  }

  async close(): Promise<void> {
    this.#undo();
    this.#forgetUndo();
    await this.#server?.kill('SIGKILL').catch(() => {});
    await this.upstream.stop();
  }
}

function signal(server: RunningServer, name: NodeJS.Signals): void {
  try {
    process.kill(serverProcessId(server), name);
  } catch {
    // It has gone already.
  }
}
