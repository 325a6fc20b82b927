import type { ChatWords } from './words.en.ts';

/** A sentence of the gateway, as `src/domain/failure.ts` has it, and the same for people who talk with a model. */
export type Reasons = readonly (readonly [pattern: RegExp, sentence: string])[];

/**
 * Why an answer failed, in the reader's language and without what stands beside it about money. A sentence that is not
 * known here is shown as it came.
 */
export function sayReason(reason: string, { reasons }: Pick<ChatWords, 'reasons'>): string {
  for (const [pattern, sentence] of reasons) {
    const found = pattern.exec(reason);
    if (found !== null) return sentence.replace(/\$(\d)/g, (_, group: string) => found[Number(group)] ?? '');
  }
  return reason;
}
