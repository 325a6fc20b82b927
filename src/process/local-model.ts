import type { LocalModelSentences, Notice } from '../language/sentences.ts';
import { sentencesIn } from '../language/sentences-in.ts';
import type { Log } from '../ports/log.ts';
import type { Storage } from '../storage/storage.ts';
import { EngineStartError } from '../upstream/local-engine/engine-process.ts';
import type { FailedSource } from '../upstream/local-engine/fetch-failure.ts';
import { type LocalEngine, startLocalEngine } from '../upstream/local-engine/local-engine.ts';
import {
  findLocalEngine,
  type PreparedEngine,
  prepareLocalEngine,
} from '../upstream/local-engine/prepare-local-engine.ts';
import type { Config } from './config.ts';
import { noticeLines } from './print-notice.ts';
import { ProgressPrinter } from './progress-printer.ts';
import { systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

export interface LocalModelOptions {
  readonly config: Config;
  readonly terminal: Terminal;
  readonly log: Log;
  /** Ends the fetching and the start. */
  readonly signal: AbortSignal;
  readonly storage: Pick<Storage, 'channels'>;
}

/**
 * The model on this machine: fetched first where that was asked for, else only if everything is there already.
 * Undefined when there is none or it does not start; that is said in words, and the server goes on without it.
 */
export async function openLocalModel(options: LocalModelOptions): Promise<LocalEngine | undefined> {
  const { config, terminal, signal } = options;
  if (!(await isWanted(options))) return undefined;
  const words = sentencesIn(terminal.language).localModel;
  const printer = new ProgressPrinter(
    { write: terminal.write, isTerminal: terminal.isTerminal, width: () => terminal.look.width },
    terminal.language,
  );
  const present = await findLocalEngine(config.dataDir, config.weights);
  const isFetched = present === undefined && config.fetchLocalModel;
  const prepared = isFetched ? await fetchModel(options, words, printer) : present;
  const engine =
    prepared === undefined || signal.aborted
      ? undefined
      : await startModel(options, prepared, words, printer);
  if (isFetched && signal.aborted) printer.say(words.interrupted);
  if (isFetched && engine !== undefined) printer.say(words.ready(engine.upstreamModel('')));
  printer.clear();
  return engine;
}

/** It takes memory: where something else answers every model that has no channel, it stays off. */
async function isWanted({ config, storage }: LocalModelOptions): Promise<boolean> {
  if (config.upstream === undefined || config.fetchLocalModel) return true;
  return (await storage.channels.list()).some(({ kind }) => kind === 'local');
}

async function fetchModel(
  { config, terminal, log, signal }: LocalModelOptions,
  words: LocalModelSentences,
  printer: ProgressPrinter,
): Promise<PreparedEngine | undefined> {
  terminal.write('\n');
  if (config.weights === undefined) printer.say(words.intro);
  const { prepared, failed } = await prepareLocalEngine({
    dataDir: config.dataDir,
    environment: process.env,
    weights: config.weights,
    signal,
    report: (progress) => printer.show(progress),
  });
  printer.clear();
  if (signal.aborted) return undefined;
  // A source in vain is of no interest to whom another one served.
  const say = prepared === undefined ? log.warn : log.info;
  for (const { part, source, fault, detail } of failed) {
    say('local-model-not-fetched', { part, source, fault, detail });
  }
  if (prepared === undefined) warn(terminal, noticeOf(failed, config, words));
  return prepared;
}

function noticeOf(failed: readonly FailedSource[], config: Config, words: LocalModelSentences): Notice {
  // It ends with the part that could not be had; another part may have come from its second source.
  const last = failed.at(-1);
  const isNamed = config.weights !== undefined && last?.part === 'weights';
  return isNamed
    ? words.weightsUnusable(last)
    : words.notFetched(failed.filter(({ part }) => part === last?.part));
}

async function startModel(
  { terminal, log, signal }: LocalModelOptions,
  prepared: PreparedEngine,
  words: LocalModelSentences,
  printer: ProgressPrinter,
): Promise<LocalEngine | undefined> {
  if (terminal.isTerminal) printer.pass(words.loading(prepared.modelName));
  try {
    return await startLocalEngine({ ...prepared, environment: process.env, log, clock: systemClock, signal });
  } catch (error) {
    printer.clear();
    if (signal.aborted) return undefined;
    const reason = error instanceof Error ? error.message : 'unknown';
    log.warn('local-engine-not-started', { model: prepared.modelName, reason });
    const fault = error instanceof EngineStartError ? error.fault : 'failed';
    warn(terminal, words.notStarted(prepared.modelName, fault));
    return undefined;
  }
}

function warn(terminal: Terminal, notice: Notice): void {
  // The start lines, which follow, begin with a blank one of their own.
  terminal.write(noticeLines(notice, 'warning', terminal.look).replace(/\n$/, ''));
}
