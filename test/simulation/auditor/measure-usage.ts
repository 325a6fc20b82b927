import type { SheetPlan } from '../plan/plan.ts';
import type { ChatEvent } from './read-stream.ts';

/** What an answer used, as the auditor counts it. Reasoning is output like any other. */
export interface Measured {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

/** No figure above this is believed, and nothing above it is charged. */
const MOST_TOKENS = 100_000_000;
/** An upstream that claims to have put more than this into a token on average is not believed either. */
const CHARACTERS_A_TOKEN = 24;
/** Nothing that is charged is more than this; see the promise on what one command may move. */
export const MOST_TICKS = 9_007_199_254_740_991n;

/**
 * The policy in the auditor's own words: the upstream's last believable figure, and the words that came after it;
 * without any, all words. Never less than a twenty-fourth of the characters. `ownPromptTokens` is what a prompt counts
 * where the upstream did not say.
 */
export function measureUsage(events: readonly ChatEvent[], ownPromptTokens: number): Measured {
  let reported: Measured | undefined;
  let words = 0;
  let characters = 0;
  for (const event of events) {
    if (event.kind !== 'chunk') continue;
    const text = event.choices.map(({ content, reasoning }) => content + reasoning).join('');
    characters += text.length;
    const figure = readFigure(event.usage ?? event.usageElsewhere);
    if (figure === undefined) {
      words += countWords(text);
      continue;
    }
    reported = figure;
    words = 0;
  }
  const output = Math.max(
    (reported?.output ?? 0) + words,
    reported ? Math.ceil(characters / CHARACTERS_A_TOKEN) : 0,
  );
  const input = reported !== undefined && reported.input > 0 ? reported.input : ownPromptTokens;
  return { input, cached: reported?.cached ?? 0, output: Math.min(output, MOST_TOKENS) };
}

/** Undefined where the figure is not there, not believable, or says nothing at all. */
function readFigure(usage: Record<string, unknown> | undefined): Measured | undefined {
  if (usage === undefined || usage === null) return undefined;
  const part = (name: string, member: string) =>
    (usage[name] as Record<string, unknown> | undefined)?.[member] ?? 0;
  const prompt = usage.prompt_tokens;
  const completion = usage.completion_tokens;
  const cached = part('prompt_tokens_details', 'cached_tokens');
  const reasoning = part('completion_tokens_details', 'reasoning_tokens');
  if (![prompt, completion, cached, reasoning].every(isBelievable)) return undefined;
  const [input, visible, hidden] = [prompt, completion, reasoning] as [number, number, number];
  const isBeside = usage.total_tokens === input + visible + hidden;
  const output = isBeside ? visible + hidden : visible;
  if (input === 0 && output === 0) return undefined;
  return { input, cached: cached as number, output };
}

function isBelievable(count: unknown): boolean {
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= MOST_TOKENS;
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/** Price times usage, and nothing else: the catalogue's numbers, not the product's arithmetic. */
export function priceOf({ input, cached, output }: Measured, sheet: SheetPlan): bigint {
  return BigInt(input - cached) * sheet.input + BigInt(cached) * sheet.cached + BigInt(output) * sheet.output;
}
