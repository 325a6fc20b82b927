import type { Clock } from '../../ports/clock.ts';
import { EventParser } from '../../protocol/server-sent-events/parse-events.ts';
import type { Dialled } from '../../upstream/dial.ts';
import { askBounded, type Failed, failed, isFailed, wordsOf } from './probe-fault.ts';
import { RED_SQUARE } from './red-square.ts';

/** What is tried of an upstream, in this order. */
export type Trial = 'chat' | 'stream' | 'tools' | 'images';

/** `unsure`: it took the call, and its answer does not show that it understood. */
export interface Tried {
  readonly outcome: 'works' | 'unsure' | 'fails';
  readonly failed: Failed | null;
  readonly tookMs: number;
  readonly firstTokenMs: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

export interface TrialTools {
  readonly clock: Clock;
  readonly dialled: Dialled;
  readonly key: string | undefined;
  readonly signal: AbortSignal;
}

/** A server on a slow machine loads its model for the first call. */
const FIRST_DEADLINE_MS = 60_000;
const DEADLINE_MS = 30_000;
const MAXIMUM_BYTES = 262_144;

const WEATHER_TOOL = {
  type: 'function',
  function: {
    name: 'report_weather',
    description: 'Tells the weather of a city.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

/** One token of an answer; where the smallest answer is larger, one more try with room for it. */
export async function tryChat(tools: TrialTools, model: string): Promise<Tried> {
  const tried = await tryWhole(tools, model, sayHello(1), FIRST_DEADLINE_MS);
  const { failed: why } = tried;
  const isTooSmall =
    why?.httpStatus === 400 && /max_(?:completion_)?tokens|output limit/i.test(why.words ?? '');
  return isTooSmall ? tryWhole(tools, model, sayHello(64), DEADLINE_MS) : tried;
}

export function tryTools(tools: TrialTools, model: string): Promise<Tried> {
  const ask = {
    tokens: 128,
    members: { tools: [WEATHER_TOOL] },
    content: 'What is the weather in Oslo? Call report_weather.',
  };
  return tryWhole(tools, model, ask, DEADLINE_MS, ({ tool_calls }) => {
    const [call] = Array.isArray(tool_calls) ? tool_calls : [];
    return call?.function?.name === WEATHER_TOOL.function.name;
  });
}

export function tryImages(tools: TrialTools, model: string): Promise<Tried> {
  const content = [
    { type: 'image_url', image_url: { url: RED_SQUARE } },
    { type: 'text', text: 'Which colour is this square? Answer with one word.' },
  ];
  return tryWhole(tools, model, { tokens: 64, content }, DEADLINE_MS, (message) =>
    /\bred\b|红|crimson|scarlet/i.test(String(message.content ?? '')),
  );
}

/** A stream that is one: events with pieces of an answer, and an end. */
export async function tryStream(tools: TrialTools, model: string): Promise<Tried> {
  const { clock } = tools;
  const startedMs = clock.monotonicMs();
  let firstTokenMs: number | null = null;
  const answered = await ask(tools, model, sayHello(8), DEADLINE_MS, true, () => {
    firstTokenMs ??= clock.monotonicMs() - startedMs;
  });
  const tookMs = clock.monotonicMs() - startedMs;
  const failure = (why: Failed): Tried => ({ ...NOTHING, outcome: 'fails', failed: why, tookMs });
  if (isFailed(answered)) return failure(answered);
  const events = new EventParser().push(new TextEncoder().encode(`${answered.text}\n\n`));
  const chunks = events.flatMap(({ data }) => parsed(data) ?? []);
  if (!chunks.some(({ choices }) => Array.isArray(choices) && choices.length > 0))
    return failure(failed('not-an-api', 200, wordsOf(answered.text, tools.key)));
  const usage = chunks.findLast(({ usage: counted }) => counted)?.usage;
  return { ...NOTHING, outcome: 'works', tookMs, firstTokenMs, ...tokensOf(usage) };
}

const NOTHING = { failed: null, firstTokenMs: null, inputTokens: null, outputTokens: null } as const;

interface Question {
  readonly tokens: number;
  readonly content: unknown;
  readonly members?: object;
}

function sayHello(tokens: number): Question {
  return { tokens, content: 'Say hello.' };
}

// biome-ignore lint/suspicious/noExplicitAny: an upstream's answer has any shape until it is looked at.
type Loose = any;

async function tryWhole(
  tools: TrialTools,
  model: string,
  question: Question,
  deadlineMs: number,
  isShown: (message: Loose) => boolean = () => true,
): Promise<Tried> {
  const startedMs = tools.clock.monotonicMs();
  const answered = await ask(tools, model, question, deadlineMs, false);
  const tookMs = tools.clock.monotonicMs() - startedMs;
  if (isFailed(answered)) return { ...NOTHING, outcome: 'fails', failed: answered, tookMs };
  const answer = parsed(answered.text);
  const message = answer?.choices?.[0]?.message;
  if (typeof message !== 'object' || message === null) {
    const why = failed('not-an-api', 200, wordsOf(answered.text, tools.key));
    return { ...NOTHING, outcome: 'fails', failed: why, tookMs };
  }
  const outcome = isShown(message) ? 'works' : 'unsure';
  return { ...NOTHING, outcome, tookMs, ...tokensOf(answer.usage) };
}

function ask(
  { clock, dialled, key, signal }: TrialTools,
  model: string,
  { tokens, content, members }: Question,
  deadlineMs: number,
  stream: boolean,
  onPiece: () => void = () => {},
) {
  const { upstream } = dialled;
  const body = JSON.stringify({
    model,
    messages: [{ role: 'user', content }],
    [upstream.outputCapField ?? 'max_tokens']: tokens,
    stream,
    ...members,
  });
  return askBounded(clock, { deadlineMs, maximumBytes: MAXIMUM_BYTES, key }, signal, async (stop) => {
    const response = await upstream.send({ body, stream, signal: stop });
    const watched = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, out) {
          onPiece();
          out.enqueue(piece);
        },
      }),
    );
    return { status: response.status, header: response.header, body: watched };
  });
}

function parsed(text: string): Loose | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function tokensOf(usage: Loose): Pick<Tried, 'inputTokens' | 'outputTokens'> {
  const count = (value: unknown) =>
    Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : null;
  return { inputTokens: count(usage?.prompt_tokens), outputTokens: count(usage?.completion_tokens) };
}
