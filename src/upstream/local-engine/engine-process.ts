import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { EngineStartFault } from '../../language/sentences.ts';
import type { EngineSettings } from './child/engine-settings.ts';
import type { PreparedEngine } from './prepare-local-engine.ts';

/** A child that was asked to end gets this long before it is killed. */
const STOP_GRACE_MS = 3_000;

/** Longer contexts cost memory that a small machine does not have: 12 to 115 kB a token, for each call at a time. */
const CONTEXT_TOKENS_AT_MOST = 8_192;

/** What is kept of the child's error output to say why it ended. */
const LAST_WORDS_CHARACTERS = 300;
const LAST_WORDS_MS = 200;

/** The first line is short; a child that writes this much without one is not ours. */
const READY_LINE_CHARACTERS = 10_000;

/** The variables a program needs to run at all; nothing else of the server's environment reaches the child. */
const PASSED_VARIABLES = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'SYSTEMROOT', 'LD_LIBRARY_PATH'];

export interface EngineProcessOptions extends PreparedEngine {
  /** The server's variables, of which the engine gets the few that a program needs to run at all. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Until the model is loaded; a large one on a slow disk takes its time. */
  readonly startDeadlineMs: number;
  /** A bound on prompt and answer together, for machines with little memory. */
  readonly contextTokensAtMost?: number | undefined;
  readonly stopGraceMs?: number | undefined;
  /** Ends a start that nobody waits for any more. */
  readonly signal?: AbortSignal | undefined;
  /** The program to run, when it is not this runtime with the child's own source. */
  readonly childCommand?: readonly [string, ...string[]] | undefined;
}

/** A running engine. */
export interface EngineProcess {
  readonly pid: number;
  readonly origin: string;
  /** Whoever shows it may use the engine. Never logged. */
  readonly token: string;
  readonly contextTokens: number;
  /** Resolves when the process has ended, with the reason in a few words. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** The engine did not come up. The message is for the operator's log. */
export class EngineStartError extends Error {
  override readonly name = 'EngineStartError';
  readonly fault: EngineStartFault;

  constructor(fault: EngineStartFault, detail: string) {
    super(`the local engine did not start: ${detail}`);
    this.fault = fault;
  }
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Starts the engine and waits until it has loaded the model and listens. */
export async function startEngineProcess(options: EngineProcessOptions): Promise<EngineProcess> {
  const { stopGraceMs = STOP_GRACE_MS } = options;
  const token = randomBytes(32).toString('hex');
  const child = spawnChild(options);
  const ended = whenEnded(child);
  const settings: EngineSettings = {
    engineDir: options.engineDir,
    weightsPath: options.weightsPath,
    modelName: options.modelName,
    contextTokensAtMost: options.contextTokensAtMost ?? CONTEXT_TOKENS_AT_MOST,
    token,
  };
  child.stdin.write(`${JSON.stringify(settings)}\n`);
  try {
    const { port, contextTokens } = await readyLine(child, ended, options);
    const pid = child.pid;
    if (pid === undefined) throw new EngineStartError('failed', 'it has no process');
    const origin = `http://127.0.0.1:${port}`;
    return { pid, origin, token, contextTokens, ended, stop: () => stopChild(child, ended, stopGraceMs) };
  } catch (error) {
    await stopChild(child, ended, stopGraceMs);
    throw error;
  }
}

function spawnChild({ engineDir, environment, childCommand }: EngineProcessOptions): Child {
  const script = fileURLToPath(new URL('./child/main.ts', import.meta.url));
  const [program, ...parameters] = childCommand ?? [process.execPath, '--no-install', script];
  const passed = PASSED_VARIABLES.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const child = spawn(program, parameters, {
    // Not the server's folder: Bun would read the .env file there.
    cwd: engineDir,
    stdio: ['pipe', 'pipe', 'pipe'],
    // The variable makes an executable that Bun compiled behave as Bun itself.
    env: { ...Object.fromEntries(passed), BUN_BE_BUN: '1' },
  });
  // A pipe that breaks when the child dies must not become an error of the server.
  child.stdin.on('error', () => {});
  return child;
}

function whenEnded(child: Child): Promise<string> {
  let lastWords = '';
  child.stderr.on('data', (piece: Buffer) => {
    lastWords = (lastWords + piece.toString()).slice(-LAST_WORDS_CHARACTERS);
  });
  return new Promise((resolve) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve(`it could not be started (${error.code ?? 'unknown'})`),
    );
    child.on('exit', (code, signal) => {
      const tell = () => {
        const words = lastWords.trim().split('\n').at(-1) ?? '';
        resolve(`${signal === null ? `exit code ${code}` : signal}${words === '' ? '' : `: ${words}`}`);
      };
      // Its last words may come after it; but a process that it left behind can keep the pipe open for ever.
      child.on('close', tell);
      setTimeout(tell, LAST_WORDS_MS);
    });
  });
}

function readyLine(
  child: Child,
  ended: Promise<string>,
  { startDeadlineMs, signal }: Pick<EngineProcessOptions, 'startDeadlineMs' | 'signal'>,
): Promise<{ port: number; contextTokens: number }> {
  return new Promise((resolve, reject) => {
    const fail = (fault: EngineStartFault, detail: string) => {
      settle();
      reject(new EngineStartError(fault, detail));
    };
    const abort = () => fail('interrupted', 'it was interrupted');
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const timer = setTimeout(
      () => fail('timed-out', `it was not ready after ${startDeadlineMs / 1_000} s`),
      startDeadlineMs,
    );
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    void ended.then((why) => fail(child.pid === undefined ? 'failed' : 'ended', why));
    let line = '';
    child.stdout.on('data', (piece: Buffer) => {
      // After its one line the child has nothing to say; what comes is read so that the pipe never fills.
      if (line.includes('\n')) return;
      line += piece.toString();
      const ready = line.includes('\n') ? parseReady(line) : undefined;
      if (ready !== undefined) {
        settle();
        resolve(ready);
      } else if (line.includes('\n') || line.length > READY_LINE_CHARACTERS) {
        fail('failed', 'it said something unexpected');
      }
    });
  });
}

function parseReady(line: string): { port: number; contextTokens: number } | undefined {
  try {
    const { ready, port, contextTokens } = JSON.parse(line);
    const isRight = ready === true && Number.isInteger(port) && Number.isInteger(contextTokens);
    return isRight ? { port, contextTokens } : undefined;
  } catch {
    return undefined;
  }
}

async function stopChild(child: Child, ended: Promise<string>, graceMs: number): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
}
