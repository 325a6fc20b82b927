import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cores, divideCores } from './cores.ts';

/** A program that runs beside the bench until it is stopped. */
export interface Service {
  readonly pid: number;
  /** What it has printed so far. */
  output(): string;
  /** How it ended, in words; undefined while it runs. */
  ending(): string | undefined;
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly core: 'gateway' | 'others';
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** The file that its output goes to, as a service's does. */
  readonly outputFile: string;
}

/** A service that has not ended by then is killed. */
const STOP_LIMIT_MS = 5_000;

/** Programs that answer once and end have this long unless they are given longer. */
const RUN_LIMIT_MS = 60_000;

const MAXIMUM_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Where everything of one run lives: a folder of the system for what is temporary, and the services under way.
 * Whatever happens, `clear` leaves neither behind.
 */
export class Workbench {
  readonly cores: Cores = divideCores();
  readonly folder = mkdtempSync(join(tmpdir(), 'turnpike-bench-'));
  readonly #services = new Map<ChildProcess, { readonly pid: number; readonly core: 'gateway' | 'others' }>();
  readonly #canPin = spawnSync('taskset', ['--version']).status === 0;
  readonly #canBind = spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status === 0;
  #count = 0;

  /** Puts the bench itself where the others are; what it starts inherits that unless it is told otherwise. */
  stepAside(): void {
    if (this.#canPin) spawnSync('taskset', ['-a', '-c', '-p', this.cores.others, String(process.pid)]);
  }

  /** A new empty folder inside the temporary one. */
  makeFolder(name: string): string {
    this.#count += 1;
    const path = join(this.folder, `${this.#count}-${name}`);
    mkdirSync(path);
    return path;
  }

  /** Starts a program on its cores. It ends when the bench does, even if that is killed. */
  start(command: readonly string[], options: ServiceOptions): Service {
    const pinned = this.#canPin ? ['taskset', '-c', this.cores[options.core]] : [];
    const bound = this.#canBind ? ['setpriv', '--pdeathsig', 'TERM'] : [];
    const [program = '', ...words] = [...pinned, ...bound, ...command];
    const output = openSync(options.outputFile, 'a');
    const child = spawn(program, words, {
      cwd: options.folder,
      env: { ...inherited(), ...options.environment },
      stdio: ['ignore', output, output],
      // A process group of its own, so that its children can be ended with it.
      detached: true,
    });
    closeSync(output);
    const pid = child.pid;
    if (pid === undefined) throw new Error(`${program} could not be started`);
    this.#services.set(child, { pid, core: options.core });
    let ending: string | undefined;
    const ended = new Promise<void>((resolve) => {
      const note = (words: string) => {
        ending = words;
        resolve();
      };
      child.on('exit', (code, signal) => note(signal ?? `exit code ${code}`));
      child.on('error', (error) => note(error.message));
    });
    return {
      pid,
      ending: () => ending,
      output: () => (existsSync(options.outputFile) ? readFileSync(options.outputFile, 'utf8') : ''),
      stop: async () => {
        signalGroup(pid, 'SIGTERM');
        await Promise.race([ended, Bun.sleep(STOP_LIMIT_MS)]);
        // Also when it has ended: what it started may not have.
        signalGroup(pid, 'SIGKILL');
        this.#services.delete(child);
      },
    };
  }

  /** Runs a program to its end on the cores of the others; its output, or an error that has it. */
  async run(
    command: readonly string[],
    options: {
      folder?: string;
      environment?: Record<string, string>;
      limitMs?: number;
    } = {},
  ): Promise<string> {
    const pinned = this.#canPin ? ['taskset', '-c', this.cores.others] : [];
    const [program = '', ...words] = [...pinned, ...command];
    return await new Promise((resolve, reject) => {
      const child = spawn(program, words, {
        cwd: options.folder,
        env: { ...inherited(), ...options.environment },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
        timeout: options.limitMs ?? RUN_LIMIT_MS,
      });
      if (child.pid !== undefined) this.#services.set(child, { pid: child.pid, core: 'others' });
      let [said, complained] = ['', ''];
      const bounded = (text: string, more: string) =>
        text.length + more.length > MAXIMUM_OUTPUT_BYTES ? text : text + more;
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said = bounded(said, text);
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        complained = bounded(complained, text);
      });
      child.on('error', reject);
      child.on('close', (code, signal) => {
        this.#services.delete(child);
        if (code === 0) resolve(said);
        else
          reject(
            new Error(`${command[0]} ended with ${signal ?? code}: ${(complained || said).slice(-2_000)}`),
          );
      });
    });
  }

  /** Ends at once what runs on the gateway's core, for when its owner has failed to. */
  stopGateways(): void {
    for (const [child, { pid, core }] of this.#services) {
      if (core !== 'gateway') continue;
      signalGroup(pid, 'SIGKILL');
      this.#services.delete(child);
    }
  }

  /** Ends at once whatever still runs and removes the folder. */
  clear(): void {
    for (const { pid } of this.#services.values()) signalGroup(pid, 'SIGKILL');
    this.#services.clear();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Nothing of the developer's own Turnpike may reach the one that is measured. */
function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('TURNPIKE_'),
    ),
  );
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended.
  }
}
