import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dir, '../..');
const START_DEADLINE_MS = 30_000;

export interface RunningServer {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly dataDir: string;
  readonly key: string;
  /** What a person saw at the start. */
  readonly output: () => string;
  readonly log: () => string;
  readonly processId: number;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** POSTs a JSON body with the first key. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Runs a command of the command line with `--json`; its parsed output. */
  turnpike(...words: string[]): Promise<unknown>;
  /** The same, whatever it exits with. */
  run(...words: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }>;
  kill(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface StartOptions {
  readonly dataDir?: string;
  /** After `serve`. */
  readonly args?: readonly string[];
  /** A data folder whose local engine this server uses as its own. */
  readonly engineOf?: string;
}

/**
 * Starts the shipped server as a child process, through its launcher, on a port of its own and an empty data
 * folder (or the given one), and waits until it is ready.
 */
export async function startServer(
  environment: Record<string, string> = {},
  { dataDir = mkdtempSync(join(tmpdir(), 'turnpike-test-')), args = [], engineOf }: StartOptions = {},
): Promise<RunningServer> {
  if (engineOf !== undefined) symlinkSync(join(engineOf, 'engine'), join(dataDir, 'engine'));
  const key = environment.TURNPIKE_INITIAL_API_KEY ?? `xai-${'k'.repeat(80)}`;
  const childEnvironment: Record<string, string> = {
    ...inherited(),
    TURNPIKE_DATA_DIR: dataDir,
    TURNPIKE_PORT: '0',
    TURNPIKE_UPSTREAM: 'simulator',
    TURNPIKE_INITIAL_API_KEY: key,
    TURNPIKE_LOG_LEVEL: 'info',
    ...environment,
  };
  const child = Bun.spawn(['node', 'bin/turnpike.mjs', 'serve', ...args], {
    cwd: ROOT,
    env: childEnvironment,
    stdout: 'pipe',
    stderr: 'pipe',
  });
  let output = '';
  let log = '';
  const pump = async (stream: ReadableStream<Uint8Array>, take: (text: string) => void) => {
    const decoder = new TextDecoder();
    for await (const piece of stream) take(decoder.decode(piece, { stream: true }));
  };
  pump(child.stdout, (text) => (output += text)).catch(() => {});
  pump(child.stderr, (text) => (log += text)).catch(() => {});

  const url = await waitForAddress(
    child,
    () => output,
    () => log,
  ).catch((reason) => {
    // The launcher takes its server with it.
    child.kill('SIGKILL');
    throw reason;
  });
  const run = async (...words: string[]) => {
    const command = Bun.spawn(['node', 'bin/turnpike.mjs', ...words], {
      cwd: ROOT,
      env: childEnvironment,
      stdout: 'pipe',
      stderr: 'pipe',
    });
    const [stdout, stderr, exitCode] = await Promise.all([
      new Response(command.stdout).text(),
      new Response(command.stderr).text(),
      command.exited,
    ]);
    return { exitCode, stdout, stderr };
  };
  return {
    url,
    dataDir,
    key,
    output: () => output,
    log: () => log,
    processId: child.pid,
    fetch: (path, init) => fetch(url + path, init),
    post: (path, body, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    run,
    async turnpike(...words) {
      const { exitCode, stdout, stderr } = await run(...words, '--json');
      if (exitCode !== 0) throw new Error(`turnpike ${words.join(' ')}: ${exitCode}\n${stdout}\n${stderr}`);
      return JSON.parse(stdout);
    },
    async kill(signal = 'SIGTERM') {
      // The launcher hands SIGTERM on; SIGKILL must go to the server itself.
      if (signal === 'SIGKILL') {
        process.kill(serverProcessId({ processId: child.pid }), 'SIGKILL');
      } else {
        child.kill(signal);
      }
      return await child.exited;
    },
  };
}

/** The server itself: the launcher's child, or the launcher, which from Node 22 on has become the server. */
export function serverProcessId({ processId }: Pick<RunningServer, 'processId'>): number {
  return childrenOf(processId)[0] ?? processId;
}

/** The tests' own settings must not reach the server under test, nor what the launcher is to set by itself. */
function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !/^(?:TURNPIKE_|OTEL_|BUN_CONFIG_MAX_HTTP_REQUESTS$)/.test(entry[0]),
    ),
  );
}

function childrenOf(pid: number): number[] {
  const listed = Bun.spawnSync(['ps', '-o', 'pid=', '--ppid', String(pid)]).stdout.toString();
  return listed
    .split('\n')
    .map(Number)
    .filter((child) => child > 0);
}

async function waitForAddress(
  child: { exitCode: number | null },
  output: () => string,
  log: () => string,
): Promise<string> {
  const deadline = Date.now() + START_DEADLINE_MS;
  for (;;) {
    const url = /https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+/.exec(output())?.[0];
    if (url !== undefined) {
      const ready = await fetch(`${url}/readyz`).catch(() => undefined);
      if (ready?.ok) return url;
    }
    if (child.exitCode !== null || Date.now() > deadline) {
      const end =
        child.exitCode === null ? `after ${START_DEADLINE_MS} ms` : `and ended with ${child.exitCode}`;
      throw new Error(`the server did not start ${end}\n${output()}\n${log()}`);
    }
    await Bun.sleep(20);
  }
}

/** Stops the server and removes its folder. */
export async function stopServer(server: RunningServer): Promise<void> {
  await server.kill();
  rmSync(server.dataDir, { recursive: true, force: true });
}

/** The body of the walk-through's curl. */
export const WALK_THROUGH_BODY = {
  messages: [
    { role: 'system', content: 'You are Grok, a chatbot inspired by the Hitchhikers Guide to the Galaxy.' },
    { role: 'user', content: 'What is the meaning of life, the universe, and everything?' },
  ],
  model: 'grok-beta',
  stream: false,
  temperature: 0,
};
