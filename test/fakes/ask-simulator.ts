/** What the tests of the simulator share: one on a clock that only they move, and ways to ask it. */
import type { Clock } from '../../src/ports/clock.ts';
import { EventParser } from '../../src/protocol/server-sent-events/parse-events.ts';
import { createSimulator, type SimulatorOptions } from '../../src/upstream/simulator/simulator.ts';
import { createTokeniser } from '../../src/upstream/tokeniser/tokeniser.ts';
import { type ChatBody, UpstreamError } from '../../src/upstream/upstream.ts';

/** Time that passes when the test says so. */
class SteppedClock implements Clock {
  #now = 0;
  readonly timers = new Map<() => void, number>();
  nowMs = () => 1_732_000_000_000 + this.#now;
  monotonicMs = () => this.#now;
  after(delayMs: number, run: () => void): () => void {
    const timer = () => run();
    this.timers.set(timer, this.#now + delayMs);
    return () => this.timers.delete(timer);
  }
  pass(ms: number): void {
    this.#now += ms;
    for (const [timer, dueMs] of this.timers) if (dueMs <= this.#now && this.timers.delete(timer)) timer();
  }
}

export const clock = new SteppedClock();
export const tokeniser = createTokeniser({ clock });
export const simulator = createSimulator({ clock, tokeniser });
export const never = new AbortController().signal;

export type Fields = Record<string, unknown>;
export const QUESTION = 'What is the meaning of life, the universe, and everything?';
export const request = (fields: Fields): ChatBody =>
  ({ model: 'grok-beta', messages: [{ role: 'user', content: QUESTION }], ...fields }) as ChatBody;

export async function send(fields: Fields, options?: Partial<SimulatorOptions>, signal: AbortSignal = never) {
  const upstream = options === undefined ? simulator : createSimulator({ clock, tokeniser, ...options });
  return upstream.send({ body: JSON.stringify(request(fields)), stream: fields.stream === true, signal });
}

export interface Message {
  content: string | null;
  reasoning_content?: string;
  tool_calls?: { index?: number; id: string; type: string; function: { name: string; arguments: string } }[];
}
export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  prompt_tokens_details: { text_tokens: number; image_tokens: number };
  completion_tokens_details: { reasoning_tokens: number };
}
export interface Answer {
  id: string;
  object: string;
  created: number;
  model: string;
  choices: {
    index: number;
    message: Message;
    delta: Partial<Message> & { role?: string };
    finish_reason: string | null;
  }[];
  usage: Usage;
  error?: { message: string; type: string; param: string | null };
}

export async function ask(fields: Fields, options?: Partial<SimulatorOptions>): Promise<Answer> {
  const response = await send(fields, options);
  return (await new Response(response.body).json()) as Answer;
}

export async function askText(fields: Fields): Promise<string> {
  const [choice] = (await ask(fields)).choices;
  return choice?.message.content ?? '';
}

/** The chunks of a stream that ended well. */
export async function askStream(fields: Fields): Promise<Answer[]> {
  const response = await send({ ...fields, stream: true });
  if (response.header('content-type') !== 'text/event-stream') throw new Error('The answer is no stream.');
  const events = new EventParser().push(await new Response(response.body).bytes());
  if (events.pop()?.data !== '[DONE]') throw new Error('The stream has no end mark.');
  return events.map(({ data }) => JSON.parse(data));
}

export const textOf = (chunks: Answer[], index = 0) =>
  chunks
    .flatMap(({ choices }) =>
      choices.filter((choice) => choice.index === index).map(({ delta }) => delta.content ?? ''),
    )
    .join('');

/** What arrived before the body ended, and how it ended. */
export async function drain(body: ReadableStream<Uint8Array>): Promise<{ text: string; end: string }> {
  let text = '';
  try {
    for await (const piece of body) text += Buffer.from(piece).toString();
    return { text, end: 'clean' };
  } catch (reason) {
    return { text, end: reason instanceof UpstreamError ? reason.reason : 'unknown' };
  }
}
