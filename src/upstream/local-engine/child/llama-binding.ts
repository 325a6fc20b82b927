import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The part of node-llama-cpp and of the template library beside it that is used here. They are installed at run
 * time, so the compiler cannot see their own types.
 */
export interface Llama {
  loadModel(options: { modelPath: string; gpuLayers?: number }): Promise<LlamaModel>;
  getGrammarFor(kind: 'json'): Promise<LlamaGrammar>;
  createGrammarForJsonSchema(schema: object): Promise<LlamaGrammar>;
}

export interface LlamaModel {
  readonly trainContextSize: number;
  readonly vocabularyType: string;
  readonly fileInfo: {
    readonly metadata: {
      readonly tokenizer?: {
        readonly chat_template?: string;
        readonly ggml?: { readonly tokens?: readonly string[] };
      };
    };
  };
  readonly tokens: {
    readonly bos: number | null;
    readonly bosString: string | null;
    readonly eosString: string | null;
    readonly shouldPrependBosToken: boolean;
  };
  tokenize(text: string, specialTokens: boolean, options?: 'trimLeadingSpace'): number[];
  detokenize(tokens: readonly number[], specialTokens: boolean, lastTokens?: readonly number[]): string;
  isSpecialToken(token: number): boolean;
  isEogToken(token: number): boolean;
  iterateAllTokens(): Iterable<number>;
  createContext(options: LlamaContextOptions): Promise<LlamaContext>;
}

export interface LlamaContextOptions {
  readonly contextSize: number;
  readonly sequences: number;
  readonly batchSize: number;
  readonly threads: number;
  readonly batching: { readonly itemPrioritizationStrategy: (waiting: WaitingBatch) => PickedItem[] };
}

export interface WaitingBatch {
  readonly items: readonly { readonly tokens: readonly number[] }[];
  /** How many tokens fit. */
  readonly size: number;
}

export interface PickedItem {
  readonly item: { readonly tokens: readonly number[] };
  readonly processAmount: number;
}

export interface LlamaContext {
  getSequence(): LlamaSequence;
}

export interface LlamaSequence {
  readonly contextSize: number;
  readonly nextTokenIndex: number;
  clearHistory(): Promise<void>;
  eraseContextTokenRanges(ranges: { start: number; end: number }[]): Promise<void>;
  evaluateWithoutGeneratingNewTokens(tokens: number[]): Promise<void>;
  evaluate(tokens: number[], options: SamplingOptions): AsyncGenerator<number, void, void>;
}

export interface SamplingOptions {
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly seed: number;
  readonly yieldEogToken: true;
  readonly repeatPenalty?: {
    readonly penalty: number;
    readonly frequencyPenalty: number;
    readonly presencePenalty: number;
    readonly maxPunishTokens: number;
    readonly punishTokens: () => number[];
  };
  readonly grammarEvaluationState?: object;
}

export type LlamaGrammar = object;

export interface LlamaModule {
  getLlama(options: object): Promise<Llama>;
  readonly LlamaGrammarEvaluationState: new (options: { model: LlamaModel; grammar: LlamaGrammar }) => object;
}

export interface TemplateModule {
  readonly Template: new (source: string) => { render(values: object): string };
}

/** Imports both from the folder that they were installed into. */
export async function importBinding(
  engineDir: string,
): Promise<{ llama: LlamaModule; templates: TemplateModule }> {
  const home = join(engineDir, 'node_modules', 'node-llama-cpp');
  const templates = createRequire(join(home, 'package.json')).resolve('@huggingface/jinja');
  return {
    llama: (await import(pathToFileURL(join(home, 'dist', 'index.js')).href)) as LlamaModule,
    templates: (await import(pathToFileURL(templates).href)) as TemplateModule,
  };
}
