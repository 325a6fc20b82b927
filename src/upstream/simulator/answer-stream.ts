import { DONE_EVENT, dataEvent } from '../../protocol/server-sent-events/write-events.ts';
import type { PromptTokens } from '../count-prompt.ts';
import type { StreamEvent } from './faults.ts';
import type { Pace } from './pace.ts';
import type { SimulatorRequest } from './read-request.ts';
import { type AnswerIdentity, type UsageTruth, writeChunk, writeUsage } from './wire.ts';
import type { Step, WrittenChoice } from './write-choice.ts';

/** An answer that is about to be written. */
export interface Answer {
  readonly identity: AnswerIdentity;
  readonly request: SimulatorRequest;
  readonly prompt: PromptTokens;
  readonly choices: readonly WrittenChoice[];
  readonly usageTruth: UsageTruth;
}

/**
 * An answer as a stream: one chunk for each token or tool call, the choices in turn, every chunk with the
 * usage up to it; for each choice a chunk with its finish reason; the usage alone, if asked for; the end mark.
 */
export async function* streamAnswer(answer: Answer, pace: Pace): AsyncGenerator<StreamEvent> {
  const { identity, request, prompt, choices, usageTruth } = answer;
  const output = { visible: 0, reasoning: 0 };
  const usage = () => writeUsage(prompt, output, usageTruth);
  const half = choices.reduce((sum, { expectedTokens }) => sum + expectedTokens, 0) / 2;
  const event = (text: string): StreamEvent => ({ text, atHalf: output.visible + output.reasoning >= half });

  const open = choices.map(({ steps }, index) => ({ index, steps, isFirst: true }));
  for (let round = 0; open.length > 0; round += 1) {
    for (const choice of [...open]) {
      const { index } = choice;
      const step = choice.steps.next();
      const role = choice.isFirst ? { role: 'assistant' } : {};
      choice.isFirst = false;
      if (step.done) {
        open.splice(open.indexOf(choice), 1);
        yield event(dataEvent(writeChunk(identity, { index, delta: role, finish: step.value }, usage())));
      } else {
        await pace.untilToken(round);
        output[step.value.field === 'reasoning_content' ? 'reasoning' : 'visible'] += step.value.tokens;
        const delta = { ...role, ...writeDelta(step.value) };
        yield event(dataEvent(writeChunk(identity, { index, delta, finish: null }, usage())));
      }
    }
  }
  if (request.includeUsage && usageTruth !== 'missing')
    yield event(dataEvent(writeChunk(identity, undefined, usage())));
  if (request.settings.fault !== 'no-done') yield event(DONE_EVENT);
}

function writeDelta(step: Step): object {
  if (step.field !== 'tool_calls') return { [step.field]: step.text };
  return { tool_calls: [{ index: step.index, ...step.call }] };
}
