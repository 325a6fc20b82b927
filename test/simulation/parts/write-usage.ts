import type { AnswerPlan, ClientPlan } from '../plan/plan.ts';

/** What this upstream counts for roles and the like, which nobody else can know. */
const TEMPLATE_TOKENS = 9;

/** An upstream's figure for what it has written so far, true or not. */
export function writeUsage(
  plan: AnswerPlan,
  client: ClientPlan,
  { output, reasoning }: { readonly output: number; readonly reasoning: number },
): object {
  const prompt = client.promptWords + TEMPLATE_TOKENS;
  const isBeside = plan.usage === 'beside';
  const completion = isBeside ? output - reasoning : output;
  const usage = {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + output,
    prompt_tokens_details: { cached_tokens: Math.floor(prompt * plan.cachedShare) },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
  const plain = { prompt_tokens: prompt, total_tokens: prompt };
  switch (plan.usage) {
    case 'zeros':
      return { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
    case 'no-prompt':
      return { prompt_tokens: 0, completion_tokens: output, total_tokens: output };
    case 'small':
      return { ...plain, completion_tokens: 1 };
    case 'huge':
      return { ...plain, completion_tokens: 90_000_000 };
    case 'negative':
      return { ...usage, completion_tokens: -5 };
    case 'fraction':
      return { ...usage, completion_tokens: 1.5 };
    case 'beyond-int64':
      return { ...plain, completion_tokens: 2 ** 63 };
    case 'text':
      return { ...plain, completion_tokens: '12' };
    default:
      return usage;
  }
}
