import { sleep } from '../ports/clock.ts';
import type { AnswerBill } from '../storage/chat-store.ts';
import type { ChatPorts } from './chat-ports.ts';

/** What a call cost and what it was charged for. */
export type Charge = Omit<AnswerBill, 'firstTokenMs' | 'reasoningMs' | 'durationMs'>;

export const NO_BILL: Charge = { costTicks: 0n, inputTokens: 0, outputTokens: 0, reasoningTokens: 0 };

/** A call that was hung up on is settled a moment later. */
export const LOOKS_AFTER_HANG_UP = 10;
const BETWEEN_LOOKS_MS = 200;

/** What a call cost, by the record of requests; nothing for one that has none. */
export async function findBill(
  { reports, clock }: Pick<ChatPorts, 'reports' | 'clock'>,
  organizationId: string,
  requestId: string,
  looks: number,
): Promise<Charge> {
  for (let look = 1; look <= looks; look += 1) {
    const record = await reports.findRequest(organizationId, requestId);
    if (record !== undefined) {
      const { inputTokens, outputTokens, reasoningTokens } = record.usage;
      return { costTicks: record.costTicks, inputTokens, outputTokens, reasoningTokens };
    }
    if (look < looks) await sleep(clock, BETWEEN_LOOKS_MS);
  }
  return NO_BILL;
}
