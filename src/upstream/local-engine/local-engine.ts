import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { callHeaders, callUpstream } from '../connection.ts';
import { type Token, type Upstream, UpstreamError, type UpstreamResponse } from '../upstream.ts';
import { type EngineProcess, type EngineProcessOptions, startEngineProcess } from './engine-process.ts';
import { superviseEngine } from './engine-supervisor.ts';
import type { PreparedEngine } from './prepare-local-engine.ts';

const START_DEADLINE_MS = 120_000;

/** Counting is work of milliseconds; a child that does not answer this long is not well. */
const COUNT_DEADLINE_MS = 10_000;

export interface LocalEngineOptions extends PreparedEngine {
  readonly log: Log;
  readonly clock: Clock;
  /** The server's variables; its own settings in them do not reach the engine. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly startDeadlineMs?: number;
  /** Ends the first start; later ones are ended by `stop`. */
  readonly signal?: AbortSignal;
  /** A bound on prompt and answer together, for machines with little memory. */
  readonly contextTokensAtMost?: number;
  /** What to run instead of the child's source with this runtime, for an executable that has no source. */
  readonly childCommand?: readonly [string, ...string[]];
}

/** A model that runs on this machine, in a process of its own that is started again when it crashes. */
export interface LocalEngine extends Upstream {
  readonly kind: 'local';
  readonly contextTokens: number;
  countPrompt: NonNullable<Upstream['countPrompt']>;
  tokenize: NonNullable<Upstream['tokenize']>;
  /** The process number, or undefined while there is none. */
  pid(): number | undefined;
  /** Ends the process and waits until it is gone. Calls after that fail. */
  stop(): Promise<void>;
}

/** Starts the engine and loads the model. Rejects with `EngineStartError` when that does not work. */
export async function startLocalEngine(options: LocalEngineOptions): Promise<LocalEngine> {
  const { modelName, log, clock, signal, ...settings } = options;
  const child: EngineProcessOptions = {
    ...settings,
    modelName,
    startDeadlineMs: options.startDeadlineMs ?? START_DEADLINE_MS,
  };
  const first = await startEngineProcess({ ...child, signal });
  log.info('local-engine-started', { pid: first.pid, model: modelName, contextTokens: first.contextTokens });
  const supervisor = superviseEngine({ first, start: () => startEngineProcess(child), clock, log });

  const post = async (path: string, body: string, signal: AbortSignal): Promise<UpstreamResponse> => {
    const engine = supervisor.current();
    if (engine === undefined) throw new UpstreamError('refused', 'the local engine is not running');
    return callUpstream(callTo(engine, path, body, signal));
  };

  return {
    name: 'local',
    kind: 'local',
    simulated: false,
    inputModalities: ['text'],
    contextTokens: first.contextTokens,
    upstreamModel: () => modelName,
    pid: () => supervisor.current()?.pid,
    stop: () => supervisor.stop(),
    send: ({ body, signal }) => post('/chat/completions', body, signal),
    async countPrompt({ messages }) {
      const { tokens } = await ask<{ tokens: number }>(post, '/count', { messages });
      return tokens;
    },
    async tokenize(text) {
      const { tokens } = await ask<{ tokens: Token[] }>(post, '/tokenize', { text });
      return tokens;
    },
  };
}

function callTo({ origin, token }: EngineProcess, path: string, body: string, signal: AbortSignal) {
  return {
    url: `${origin}${path}`,
    headers: callHeaders({ 'content-type': 'application/json', authorization: `Bearer ${token}` }),
    body,
    signal,
    // On loopback a new connection costs nothing, and a kept one could be closed just as it is used again.
    keepAlive: false,
  };
}

/** A short question to the child; whatever goes wrong is an `UpstreamError`. */
async function ask<Answer>(
  post: (path: string, body: string, signal: AbortSignal) => Promise<UpstreamResponse>,
  path: string,
  question: object,
): Promise<Answer> {
  const response = await post(path, JSON.stringify(question), AbortSignal.timeout(COUNT_DEADLINE_MS));
  const text = await new Response(response.body).text().catch(() => '');
  if (response.status !== 200)
    throw new UpstreamError('broken', `the local engine answered ${response.status}`);
  try {
    return JSON.parse(text) as Answer;
  } catch {
    throw new UpstreamError('broken', 'the local engine did not finish its answer');
  }
}
