import type { Answer } from './answer-stream.ts';
import type { ToolCall } from './choose-tools.ts';
import type { Pace } from './pace.ts';
import { writeAnswer, writeUsage } from './wire.ts';

/** An answer in one piece, after as long as its longest choice would have taken as a stream. */
export async function writeWholeAnswer(answer: Answer, pace: Pace): Promise<string> {
  const output = { visible: 0, reasoning: 0 };
  const written = [];
  for (const { steps } of answer.choices) {
    const text = { reasoning_content: '', content: '' };
    const calls: ToolCall[] = [];
    let step = steps.next();
    for (let number = 0; !step.done; number += 1) {
      // Choices are written side by side: only the longest one takes time.
      await pace.untilToken(number);
      output[step.value.field === 'reasoning_content' ? 'reasoning' : 'visible'] += step.value.tokens;
      if (step.value.field === 'tool_calls') calls.push(step.value.call);
      else text[step.value.field] += step.value.text;
      step = steps.next();
    }
    const message = {
      role: 'assistant',
      content: calls.length > 0 ? null : text.content,
      ...(text.reasoning_content === '' ? {} : { reasoning_content: text.reasoning_content }),
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
      refusal: null,
    };
    written.push({ message, finish: step.value });
  }
  return writeAnswer(answer.identity, written, writeUsage(answer.prompt, output, answer.usageTruth));
}
