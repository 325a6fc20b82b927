import { availableParallelism } from 'node:os';
import type { EngineSettings } from './engine-settings.ts';
import {
  importBinding,
  type Llama,
  type LlamaContext,
  type LlamaModel,
  type LlamaModule,
  type LlamaSequence,
  type PickedItem,
  type TemplateModule,
  type WaitingBatch,
} from './llama-binding.ts';

/**
 * Prompts are read in pieces of this size. It is how long a cancelled call goes on reading, a third of a second
 * on a slow core; larger pieces would gain a tenth in speed.
 */
export const PROMPT_PIECE_TOKENS = 64;

/** More threads than this only wait for each other in a model this small. */
const THREADS_AT_MOST = 8;

/** What is tried, in this order, until the memory suffices: calls at the same time, and a share of their context. */
const SIZES = [
  { sequences: 2, share: 1 },
  { sequences: 1, share: 1 },
  { sequences: 1, share: 1 / 2 },
  { sequences: 1, share: 1 / 4 },
] as const;

/** A model that is ready to run. */
export interface OpenModel {
  readonly llama: Llama;
  readonly binding: LlamaModule;
  readonly templates: TemplateModule;
  readonly model: LlamaModel;
  /** One for each call at the same time. */
  readonly sequences: readonly LlamaSequence[];
  /** Prompt and answer together. */
  readonly contextTokens: number;
}

export async function openModel({
  engineDir,
  weightsPath,
  contextTokensAtMost,
}: EngineSettings): Promise<OpenModel> {
  const { llama: binding, templates } = await importBinding(engineDir);
  const threads = threadCount(availableParallelism());
  const llama = await binding.getLlama({
    // The one package for Apple's processors has no binary without their graphics unit.
    gpu: process.platform === 'darwin' && process.arch === 'arm64' ? 'metal' : false,
    // Never compile or download anything here; what is needed was fetched and checked before.
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: 'error',
    maxThreads: threads,
  });
  const model = await llama.loadModel({ modelPath: weightsPath });
  const { context, sequences: count } = await createContext(model, threads, contextTokensAtMost);
  const sequences = Array.from({ length: count }, () => context.getSequence());
  const contextTokens = Math.min(
    ...sequences.map((sequence) => sequence.contextSize),
    model.trainContextSize,
    contextTokensAtMost,
  );
  return { llama, binding, templates, model, sequences, contextTokens };
}

/**
 * One core stays free for the gateway. The engine's threads wait for each other by spinning: when another program
 * takes a core from one of them, all slow down, by 3.7 times in a measurement with two threads on two busy cores.
 */
export function threadCount(cores: number): number {
  return Math.max(1, Math.min(cores - 1, THREADS_AT_MOST));
}

/**
 * Lets each step of the model serve one call only. Without a graphics unit, steps that mix calls were slower when
 * measured; and since sums may be rounded differently in batches of another shape, a prompt's answer at
 * temperature 0 could depend on who else asks. Who has waited longest is first, so calls take turns.
 */
export function pickOneCall({ items: [item], size }: WaitingBatch): PickedItem[] {
  return item === undefined ? [] : [{ item, processAmount: Math.min(item.tokens.length, size) }];
}

async function createContext(
  model: LlamaModel,
  threads: number,
  contextTokensAtMost: number,
): Promise<{ context: LlamaContext; sequences: number }> {
  let failure: unknown;
  for (const { sequences, share } of SIZES) {
    try {
      const context = await model.createContext({
        sequences,
        contextSize: Math.floor(Math.min(contextTokensAtMost, model.trainContextSize) * share),
        batchSize: PROMPT_PIECE_TOKENS,
        threads,
        batching: { itemPrioritizationStrategy: pickOneCall },
      });
      return { context, sequences };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
