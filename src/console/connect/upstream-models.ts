import type { Ticks } from '../../domain/money.ts';

/** A model as an upstream lists it. */
export interface UpstreamModel {
  readonly name: string;
  /** Null when the upstream does not say. */
  readonly contextTokens: number | null;
  /** Ticks per token; null when the upstream does not say what it costs. */
  readonly prices: { readonly input: Ticks; readonly output: Ticks } | null;
  readonly takesImages: boolean;
}

/** A list is for choosing from; what is beyond this can be named by hand. */
const MAXIMUM_MODELS = 1_000;
const MAXIMUM_CONTEXT_TOKENS = 100_000_000;
/** As a channel's map takes it. */
const NAME = /^[^\s\p{C}=]{1,200}$/u;

/**
 * The models in an upstream's answer to `/models`, or undefined when that is no such list. Some answer with a bare
 * list; nothing in it is believed to be more than text.
 */
export function readUpstreamModels(text: string): UpstreamModel[] | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return undefined;
  }
  const list = Array.isArray(answer)
    ? answer
    : ((answer as Fields | null)?.data ?? (answer as Fields)?.models);
  if (!Array.isArray(list)) return undefined;
  const models = new Map<string, UpstreamModel>();
  for (const entry of list) {
    if (models.size >= MAXIMUM_MODELS) break;
    const model = readModel(entry);
    if (model !== undefined) models.set(model.name, model);
  }
  return [...models.values()];
}

type Fields = Readonly<Record<string, unknown>>;

function readModel(entry: unknown): UpstreamModel | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const fields = entry as Fields;
  // Gemini puts the kind before the name.
  const name = typeof fields.id === 'string' ? fields.id.replace(/^models\//, '') : '';
  if (!NAME.test(name)) return undefined;
  const context = [
    fields.context_length,
    fields.max_model_len,
    fields.context_window,
    fields.max_context_length,
  ];
  const modalities = (fields.architecture as Fields | undefined)?.input_modalities ?? fields.input_modalities;
  return {
    name,
    contextTokens: context.find(isTokenCount) ?? null,
    prices: readPrices(fields),
    takesImages: Array.isArray(modalities) && modalities.includes('image'),
  };
}

function isTokenCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= MAXIMUM_CONTEXT_TOKENS;
}

/** As OpenRouter says it, in dollars a token as text, or as xAI does, in whole ticks a token. */
function readPrices({ pricing, prompt_text_token_price, completion_text_token_price }: Fields) {
  const { prompt, completion } = (pricing ?? {}) as Fields;
  const input = ticksOfUsd(prompt) ?? wholeTicks(prompt_text_token_price);
  const output = ticksOfUsd(completion) ?? wholeTicks(completion_text_token_price);
  return input === undefined || output === undefined ? null : { input, output };
}

/** Ten digits after the point are ticks; what is finer is rounded up, so that nothing is sold below its price. */
function ticksOfUsd(text: unknown): Ticks | undefined {
  if (typeof text !== 'string') return undefined;
  const [, whole, fraction = ''] = /^(\d{1,4})(?:\.(\d{1,30}))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const ticks = BigInt(whole) * 10_000_000_000n + BigInt(fraction.slice(0, 10).padEnd(10, '0'));
  return /[1-9]/.test(fraction.slice(10)) ? ticks + 1n : ticks;
}

function wholeTicks(value: unknown): Ticks | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : undefined;
}

/** Models that answer something else than a chat. */
const NO_CHAT =
  /embed|rerank|whisper|tts|speech|audio|transcri|realtime|image|dall-e|imagine|video|sora|veo|moderation|guard|ocr|bge-|stable-diffusion|flux/i;
const SEES =
  /vision|[-_:]vl\b|vl-|llava|pixtral|gpt-4o|gpt-4\.1|gpt-5|gemini|claude|grok-4|omni|minicpm-v|gemma-?3/i;

/** The models that can be tried with a chat, the likeliest first. */
export function chatModels(models: readonly UpstreamModel[]): UpstreamModel[] {
  return models.filter(({ name }) => !NO_CHAT.test(name));
}

/** Whether the upstream or the name says that pictures are taken; a try decides. */
export function maySee({ name, takesImages }: UpstreamModel): boolean {
  return takesImages || SEES.test(name);
}
