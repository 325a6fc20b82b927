import { spawn } from 'node:child_process';

/** What is kept of a program's output; its last words say why it failed. */
const OUTPUT_CHARACTERS = 4_000;

/** A program that was asked to end gets this long before it is killed. */
const KILL_AFTER_MS = 3_000;

export interface Program {
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

export type ProgramEnd =
  | { readonly ok: true; readonly output: string }
  | {
      readonly ok: false;
      readonly reason: 'not-found' | 'failed' | 'too-slow' | 'aborted';
      readonly output: string;
    };

/** Runs a program to its end, or ends it at its deadline. Never rejects. */
export function runProgram({
  command,
  folder,
  environment,
  deadlineMs,
  signal,
}: Program): Promise<ProgramEnd> {
  if (signal.aborted) return Promise.resolve({ ok: false, reason: 'aborted', output: '' });
  const [name, ...arguments_] = command;
  return new Promise((resolve) => {
    let output = '';
    let ended: 'too-slow' | 'aborted' | undefined;
    let killTimer: ReturnType<typeof setTimeout> | undefined;
    const child = spawn(name, arguments_, {
      cwd: folder,
      env: withoutOurSecrets(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const end = (reason: 'too-slow' | 'aborted') => {
      ended ??= reason;
      child.kill('SIGTERM');
      killTimer ??= setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
    };
    const abort = () => end('aborted');
    const deadline = setTimeout(() => end('too-slow'), deadlineMs);
    signal.addEventListener('abort', abort, { once: true });
    const finish = (programEnd: ProgramEnd) => {
      clearTimeout(deadline);
      clearTimeout(killTimer);
      signal.removeEventListener('abort', abort);
      resolve(programEnd);
    };
    const keep = (piece: Buffer) => {
      output = (output + piece.toString()).slice(-OUTPUT_CHARACTERS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error: NodeJS.ErrnoException) => {
      finish({ ok: false, reason: error.code === 'ENOENT' ? 'not-found' : 'failed', output });
    });
    child.on('close', (exitCode) => {
      if (ended !== undefined) finish({ ok: false, reason: ended, output });
      else if (exitCode === 0) finish({ ok: true, output });
      else finish({ ok: false, reason: 'failed', output });
    });
  });
}

/** Keys and passwords of this server are none of a package manager's business. */
function withoutOurSecrets(environment: Program['environment']): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !name.toUpperCase().startsWith('TURNPIKE_')) passed[name] = value;
  }
  return passed;
}

/**
 * One short line for the log out of a failed program's output: the first that speaks of an error, else the last. An
 * address in it may be a private registry's, with a credential.
 */
export function lastWords(output: string): string {
  const lines = output.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const line =
    lines.find((text) => /\berr(or)?\b/i.test(text) && !/error (?:code|syscall|errno)\b/i.test(text)) ??
    lines.at(-1);
  if (line === undefined) return 'it said nothing';
  return line
    .replace(/(\w+:\/\/)[^\s/@]*@/g, '$1')
    .replace(/(\w+:\/\/[^\s?]*)\?\S*/g, '$1')
    .slice(0, 200);
}
