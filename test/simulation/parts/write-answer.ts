import type { AnswerPlan, ClientPlan } from '../plan/plan.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { writeUsage } from './write-usage.ts';

/** What an upstream does next with the body of its answer. */
export type Move =
  | { readonly kind: 'bytes'; readonly waitMs: number; readonly bytes: Uint8Array }
  | { readonly kind: 'end' | 'reset' | 'hang'; readonly waitMs: number };

/** A word of any script, and some that JSON must escape. Each is one token to the tokeniser of the simulation. */
const WORDS = ['a ', 'gateway ', 'bills ', 'γάμμα ', '数据 ', '😀 ', 'x"y ', 'back\\slash ', 'line\n '];

/** Stands at the beginning of every answer, and must stand in no log. */
const ANSWER_CANARY = 'canary-answer ';

const encoder = new TextEncoder();

interface Script {
  readonly plan: AnswerPlan;
  readonly client: ClientPlan;
  /** Output tokens by choice that the request allows. */
  readonly cap: number;
  readonly random: SeededRandom;
}

/** Everything an upstream sends after its head, and how it ends. */
export function* writeAnswer(script: Script): Generator<Move> {
  const { plan, client, random } = script;
  const { events, isWhole } = client.stream ? streamEvents(script) : wholeText(script);
  const silentAt = random.whole(0, 5);
  let index = 0;
  for (const bytes of cut(events, plan, random)) {
    const silenceMs = index === silentAt ? plan.silenceMs : 0;
    yield { kind: 'bytes', waitMs: random.whole(...plan.everyMs) + silenceMs, bytes };
    index += 1;
  }
  if (client.stream && plan.ending === 'endless') yield* endless(script);
  const isOpen = ['hang', 'done-and-open'].includes(plan.ending) && client.stream;
  if (isOpen || (plan.ending === 'hang' && !client.stream)) yield { kind: 'hang', waitMs: 0 };
  yield {
    kind: plan.ending === 'reset' && !isWhole ? 'reset' : 'end',
    waitMs: random.whole(...plan.everyMs),
  };
}

function* endless({ plan, random }: Script): Generator<Move> {
  for (;;) {
    const content = text(random, 1_500);
    const waitMs = random.whole(10_000, 40_000) + plan.everyMs[1];
    yield { kind: 'bytes', waitMs, bytes: encoder.encode(chunk([choiceOf(0, { content })])) };
  }
}

function streamEvents(script: Script): { events: string[]; isWhole: boolean } {
  const { plan, client, random } = script;
  const events: string[] = [];
  const written = Array.from({ length: client.choices }, () => ({ words: 0, reasoning: 0, finished: false }));
  const total = () => written.reduce((sum, { words, reasoning }) => sum + words + reasoning, 0);
  const reasoning = () => written.reduce((sum, one) => sum + one.reasoning, 0);
  const usage = () => writeUsage(plan, client, { output: total(), reasoning: reasoning() });
  const wanted = Math.max(
    0,
    plan.obeysCap ? Math.min(plan.words, script.cap - plan.reasoningWords) : plan.words,
  );
  const thought = plan.obeysCap ? Math.min(plan.reasoningWords, script.cap) : plan.reasoningWords;
  const isLast = () => written.every(({ finished }) => finished);

  for (const index of written.keys())
    events.push(chunk([choiceOf(index, { role: 'assistant', content: '' })]));
  while (!isLast()) {
    for (const [index, one] of written.entries()) {
      if (one.finished) continue;
      if (one.reasoning < thought) {
        one.reasoning += 1;
        events.push(chunk([choiceOf(index, { reasoning_content: 'hm ' })], running(plan, random, usage())));
      } else if (one.words < wanted) {
        const count = Math.min(plan.wordsPerChunk, wanted - one.words);
        one.words += count;
        const content = `${one.words === count ? ANSWER_CANARY : text(random, 1)}${text(random, count - 1)}`;
        events.push(chunk([choiceOf(index, { content })], running(plan, random, usage())));
      } else {
        one.finished = true;
        const reason = plan.obeysCap && wanted < plan.words ? 'length' : 'stop';
        events.push(chunk([choiceOf(index, {}, reason)], isLast() ? final(plan, usage()) : {}));
      }
    }
  }
  if (!['finish', 'every', 'several', 'elsewhere'].includes(plan.usage) && plan.usage !== 'missing') {
    events.push(chunk([], { usage: usage() }));
  }
  return end(script, events);
}

/** Cuts the events off where the plan has them end, or closes them as they should be. */
function end({ plan, random }: Script, events: string[]): { events: string[]; isWhole: boolean } {
  const done = 'data: [DONE]\n\n';
  const cutAt = random.whole(0, events.length - 1);
  switch (plan.ending) {
    case 'done':
    case 'done-and-open':
      return { events: [...events, done], isWhole: true };
    case 'closed':
      return { events, isWhole: true };
    default:
      events.splice(cutAt);
  }
  const last: Partial<Record<AnswerPlan['ending'], string>> = {
    'half-event': 'data: {"id":"c","choices":[{"index":0,"del',
    'bad-json': 'data: {canary-upstream\n\n',
    'wrong-shape': 'data: {"choices":"none"}\n\n',
    'error-event': 'data: {"error":{"message":"canary-upstream sk-canary"}}\n\n',
    'error-inside': 'data: {"error":{"message":"canary-upstream sk-canary"}}\n\n',
    'named-error': 'event: error\ndata: {"message":"canary-upstream"}\n\n',
    'error-then-done': `data: {"error":{"message":"canary-upstream"}}\n\n${done}`,
  };
  const tail = last[plan.ending];
  return { events: tail === undefined ? events : [...events, tail], isWhole: false };
}

function wholeText(script: Script): { events: string[]; isWhole: boolean } {
  const { plan, client, random } = script;
  const words = plan.obeysCap ? Math.max(1, Math.min(plan.words, script.cap)) : Math.max(1, plan.words);
  const choices = Array.from({ length: client.choices }, (_, index) => ({
    index,
    message: { role: 'assistant', content: `${ANSWER_CANARY}${text(random, words - 1)}` },
    finish_reason: 'stop',
  }));
  const output = words * client.choices;
  const isReported = plan.usage !== 'missing';
  const usage = isReported ? { usage: writeUsage(plan, client, { output, reasoning: 0 }) } : {};
  const answer = JSON.stringify({
    id: 'c',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices,
    ...usage,
  });
  switch (plan.ending) {
    case 'half-event':
    case 'clean-close':
    case 'reset':
    case 'hang':
      return { events: [answer.slice(0, random.whole(0, answer.length - 1))], isWhole: false };
    case 'bad-json':
    case 'wrong-shape':
      return { events: ['<html>canary-upstream</html>'], isWhole: false };
    case 'error-event':
    case 'error-inside':
      return { events: ['{"error":{"message":"canary-upstream sk-canary"}}'], isWhole: false };
    default:
      return { events: [answer], isWhole: true };
  }
}

function* cut(events: readonly string[], plan: AnswerPlan, random: SeededRandom): Generator<Uint8Array> {
  const lines = plan.carriageReturns ? events.map((event) => event.replaceAll('\n', '\r\n')) : events;
  if (plan.pieces === 'anywhere') {
    const bytes = encoder.encode(lines.join(''));
    const longest = Math.max(60, Math.ceil(bytes.length / 40));
    for (let from = 0; from < bytes.length; ) {
      const to = from + random.whole(1, longest);
      yield bytes.slice(from, to);
      from = to;
    }
    return;
  }
  const together =
    plan.pieces === 'events' && events.length < 60 ? 1 : Math.max(3, Math.ceil(events.length / 60));
  for (let from = 0; from < lines.length; ) {
    const to = from + (together === 1 ? 1 : random.whole(1, together));
    yield encoder.encode(lines.slice(from, to).join(''));
    from = to;
  }
}

function running(plan: AnswerPlan, random: SeededRandom, usage: object): object {
  if (plan.usage === 'every') return { usage };
  return plan.usage === 'several' && random.chance(0.3) ? { usage } : {};
}

function final(plan: AnswerPlan, usage: object): object {
  if (plan.usage === 'finish' || plan.usage === 'every') return { usage };
  return plan.usage === 'elsewhere' ? { x_groq: { usage } } : {};
}

function text(random: SeededRandom, count: number): string {
  let words = '';
  for (let index = 0; index < count; index += 1) words += random.pick(WORDS);
  return words;
}

function choiceOf(index: number, delta: object, finish?: string): object {
  return { index, delta, finish_reason: finish ?? null };
}

function chunk(choices: readonly object[], more: object = {}): string {
  const head = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' };
  return `data: ${JSON.stringify({ ...head, choices, ...more })}\n\n`;
}
