import type { Tokeniser } from '../tokeniser/tokeniser.ts';
import type { Token } from '../upstream.ts';
import type { ToolCall } from './choose-tools.ts';
import type { Plan } from './plan-answer.ts';
import { type Language, nextSentence } from './prose.ts';
import type { SimulatorRequest } from './read-request.ts';
import type { SeededRandom } from './seeded-random.ts';
import { StopScanner } from './stop-scanner.ts';

/** What is written at once: one token of text (whose text may still be held back), or one whole tool call. */
export type Step =
  | { readonly field: 'reasoning_content' | 'content'; readonly text: string; readonly tokens: number }
  | {
      readonly field: 'tool_calls';
      readonly index: number;
      readonly call: ToolCall;
      readonly tokens: number;
    };

export type FinishReason = 'stop' | 'length' | 'tool_calls';

/** A choice that is being written; the generator's own result is why it ended. */
export interface WrittenChoice {
  readonly steps: Generator<Step, FinishReason>;
  /** The tokens it will have unless a stop string ends it; faults in mid-stream strike at half of them. */
  readonly expectedTokens: number;
}

type Encoder = Pick<Tokeniser, 'tokens' | 'tokensSync'>;

/**
 * Writes a plan token by token, so that a limit on tokens cuts at exactly that many. Reasoning counts against
 * the limit, because whoever set it pays for both.
 */
export async function writeChoice(
  plan: Plan,
  { settings, maximumTokens, stops }: SimulatorRequest,
  tokeniser: Encoder,
  random: SeededRandom,
): Promise<WrittenChoice> {
  const reasoningTokens = Math.min(settings.reasoningTokens, maximumTokens);
  const limit = maximumTokens - reasoningTokens;
  const language = plan.kind === 'text' ? plan.language : 'en';
  const reasoning = writeText(
    'reasoning_content',
    take(reasoningTokens, proseTokens(tokeniser, random, language)),
  );

  if (plan.kind === 'calls') {
    const calls = await Promise.all(plan.calls.map((call) => encodeCall(call, tokeniser)));
    const total = calls.reduce((sum, call) => sum + call.nameTokens + call.arguments.length, 0);
    return {
      steps: inTurn(reasoning, writeCalls(calls, limit)),
      expectedTokens: reasoningTokens + Math.min(total, limit),
    };
  }
  const written = await tokeniser.tokens(plan.kind === 'json' ? plan.text : plan.opening);
  const isExact = plan.kind === 'text' && settings.tokens !== undefined;
  const length = isExact ? (settings.tokens ?? 0) : written.length;
  const tokens = isExact
    ? take(length, chain(written, proseTokens(tokeniser, random, language)))
    : written.values();
  return {
    steps: inTurn(reasoning, writeText('content', tokens, limit, stops)),
    expectedTokens: reasoningTokens + Math.min(length, limit),
  };
}

function* inTurn(reasoning: Generator<Step, FinishReason>, answer: Generator<Step, FinishReason>) {
  yield* reasoning;
  return yield* answer;
}

/**
 * One step a token. A token that ends inside a character has an empty text and the next one the whole
 * character; a character that the end cuts off is dropped, as no text can hold half of one.
 */
function* writeText(
  field: 'reasoning_content' | 'content',
  tokens: Iterator<Token>,
  limit = Number.POSITIVE_INFINITY,
  stops: readonly string[] = [],
): Generator<Step, FinishReason> {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const scanner = new StopScanner(stops);
  let next = tokens.next();
  for (let count = 1; !next.done; count += 1) {
    if (count > limit) return 'length';
    const text = utf8.decode(Uint8Array.from(next.value.bytes), { stream: true });
    next = tokens.next();
    const scanned = scanner.push(text, next.done === true || count === limit);
    yield { field, text: scanned.text, tokens: 1 };
    if (scanned.stopped) return 'stop';
  }
  return 'stop';
}

interface EncodedCall {
  readonly call: ToolCall;
  readonly nameTokens: number;
  readonly arguments: readonly Token[];
}

async function encodeCall(call: ToolCall, tokeniser: Encoder): Promise<EncodedCall> {
  const name = await tokeniser.tokens(call.function.name);
  return { call, nameTokens: name.length, arguments: await tokeniser.tokens(call.function.arguments) };
}

/** Whole calls, as xAI sends them. At the limit the arguments are cut off, and further calls are missing. */
function* writeCalls(calls: readonly EncodedCall[], limit: number): Generator<Step, FinishReason> {
  let left = limit;
  for (const [index, { call, nameTokens, arguments: encoded }] of calls.entries()) {
    const fitting = encoded.slice(0, Math.max(0, left - nameTokens));
    if (left <= 0) return 'length';
    const isWhole = fitting.length === encoded.length;
    const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
    const cut = utf8.decode(Uint8Array.from(fitting.flatMap(({ bytes }) => bytes)), { stream: true });
    const shown = isWhole ? call : { ...call, function: { ...call.function, arguments: cut } };
    const tokens = Math.min(left, nameTokens + fitting.length);
    yield { field: 'tool_calls', index, call: shown, tokens };
    left -= tokens;
    if (!isWhole) return 'length';
  }
  return 'tool_calls';
}

/** Sentences without end. */
function* proseTokens(tokeniser: Encoder, random: SeededRandom, language: Language): Generator<Token, never> {
  for (;;) yield* tokeniser.tokensSync(nextSentence(random, language));
}

function* chain<T>(...sources: readonly Iterable<T>[]): Generator<T> {
  for (const source of sources) yield* source;
}

function* take<T>(count: number, source: Iterator<T>): Generator<T> {
  for (let taken = 0; taken < count; taken += 1) {
    const next = source.next();
    if (next.done) return;
    yield next.value;
  }
}
