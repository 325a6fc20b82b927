import { join } from 'node:path';
import type { Served } from '../load/mock-upstream.ts';
import { freePort } from '../machine/free-port.ts';
import { processTree } from '../machine/process-tree.ts';
import type { Workbench } from '../machine/workbench.ts';
import {
  AUTHORIZATION,
  type Candidate,
  CHAT_PATH,
  CLIENT_KEY,
  type RunningGateway,
  type UpstreamPlace,
  untilReady,
} from './candidate.ts';

const ROOT = join(import.meta.dir, '../..');
const LAUNCHER = join(ROOT, 'bin/turnpike.mjs');
const MODEL = 'grok-beta';

/** Limits that are kept and counted for each call, and that no bench reaches. */
const HIGH_LIMITS = [
  ...['--rps', '1000000', '--rpm', '10000000', '--rph', '1000000000'],
  ...['--tpm', '1000000000', '--in-flight', '100000'],
];

/** As shipped, with everything on: the row that the marks are held against. */
export const turnpike: Candidate = {
  name: 'turnpike',
  work: 'key, limits (raised, counted), credit and durable ledger, request log',
  overTls: true,
  prepare: prepareTurnpike,
  start: (bench, upstream) => startTurnpike(bench, upstream, { limits: 'raised' }),
};

/** The same without request and token limits, to tell their share. */
export const turnpikeWithoutLimits: Candidate = {
  name: 'turnpike, limits off',
  work: 'key, credit and durable ledger, request log',
  overTls: false,
  prepare: prepareTurnpike,
  start: (bench, upstream) => startTurnpike(bench, upstream, { limits: 'off' }),
};

async function prepareTurnpike(bench: Workbench): Promise<{ version: string }> {
  const version = (await bench.run(['node', LAUNCHER, '--version'])).trim();
  return { version: `${version.replace(/^\D*/, '')} (Bun ${Bun.version})` };
}

export interface TurnpikeOptions {
  readonly limits: 'raised' | 'off';
  /** Where its data is; else a new folder. */
  readonly dataFolder?: string;
  /** Whether the folder is empty, and credit and limits still have to be set. */
  readonly isNew?: boolean;
}

/**
 * Starts the server through its launcher, with its log in a file, as a service's. Credit and limits are set with the
 * command line, as an operator would.
 */
export async function startTurnpike(
  bench: Workbench,
  upstream: UpstreamPlace,
  { limits, dataFolder, isNew = dataFolder === undefined }: TurnpikeOptions,
): Promise<RunningGateway & { turnpike(...words: string[]): Promise<unknown> }> {
  const folder = dataFolder ?? bench.makeFolder('turnpike');
  const port = await freePort();
  const environment: Record<string, string> = {
    TURNPIKE_DATA_DIR: folder,
    TURNPIKE_PORT: String(port),
    TURNPIKE_UPSTREAM: upstream.baseUrl,
    TURNPIKE_INITIAL_API_KEY: CLIENT_KEY,
    TURNPIKE_LIMITS: limits === 'off' ? 'off' : 'catalogue',
    ...(upstream.caFile === undefined ? {} : { NODE_EXTRA_CA_CERTS: upstream.caFile }),
  };
  const outputFile = join(bench.makeFolder('turnpike-log'), 'output');
  const service = bench.start(['node', LAUNCHER, 'serve'], { core: 'gateway', environment, outputFile });
  await untilReady(`http://127.0.0.1:${port}/readyz`, service);
  const turnpike = async (...words: string[]) =>
    JSON.parse(await bench.run(['node', LAUNCHER, ...words, '--json'], { environment })) as unknown;
  if (isNew) {
    await turnpike('credit', 'grant', '100000', '--user', 'owner@localhost');
    if (limits === 'raised') await turnpike('limits', 'set', MODEL, ...HIGH_LIMITS);
  }
  return {
    target: { port, path: CHAT_PATH, headers: [AUTHORIZATION], model: MODEL },
    // Before Node 22.15 the launcher stays as a parent that waits and does nothing else.
    pid: processTree(service.pid).at(-1),
    checkBooks: (served) => checkBooks(turnpike, served),
    service,
    stop: service.stop,
    turnpike,
  };
}

interface Books {
  readonly days: readonly { requests: number; input_tokens: number; output_tokens: number }[];
  readonly findings: readonly unknown[];
}

/** What was billed is what the mock has served, and the ledger is in order. */
async function checkBooks(
  turnpike: (...words: string[]) => Promise<unknown>,
  served: Served,
): Promise<string | undefined> {
  const { days } = (await turnpike('usage', 'daily', '--user', 'owner@localhost')) as Books;
  const { findings } = (await turnpike('audit')) as Books;
  const sum = (read: (day: Books['days'][number]) => number) => days.reduce((all, day) => all + read(day), 0);
  const requests = sum((day) => day.requests);
  const tokens = sum((day) => day.input_tokens + day.output_tokens);
  const servedTokens = served.promptTokens + served.completionTokens;
  if (requests === served.requests && tokens === servedTokens && findings.length === 0) return undefined;
  return (
    `billed ${requests} requests and ${tokens} tokens, the mock served ${served.requests} and ${servedTokens}; the ` +
    `audit found ${findings.length} faults`
  );
}
