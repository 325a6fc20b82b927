import type { KeyRow } from '../../src/storage/key-store.ts';
import type { Storage } from '../../src/storage/storage.ts';
import type { RequestRecord } from '../../src/storage/usage-store.ts';

let count = 0;

/** What a request of 1,287 tokens and an answer of 418 cost by the shipped prices. */
export const USED_TICKS = 1_287n * 50_000n + 418n * 150_000n;

/** A request of a key that was held, answered and charged, or ended otherwise; its id. */
export async function usedRequest(
  storage: Storage,
  key: Pick<KeyRow, 'id' | 'organizationId' | 'userId'>,
  atMs: number,
  changes: Partial<RequestRecord> = {},
): Promise<string> {
  const requestId = `00000000-0000-4000-9000-${String(++count).padStart(12, '0')}`;
  const { organizationId, userId } = key;
  const origin = {
    ...{ organizationId, userId, keyId: key.id, model: 'grok-beta', channel: 'vogon' },
    ...{ upstreamModel: 'vogon-1', streamed: true, simulated: false },
  };
  const record: RequestRecord = {
    ...{ requestId, atMs, ...origin, endpoint: 'chat', outcome: 'completed', httpStatus: 200 },
    failureCode: null,
    usage: {
      ...{ inputTokens: 1_287, cachedInputTokens: 0, imageInputTokens: 0 },
      ...{ audioInputTokens: 0, outputTokens: 418, reasoningTokens: 0 },
    },
    estimated: false,
    reported: { inputTokens: 1_287, cachedInputTokens: 0, outputTokens: 418, reasoningTokens: 0 },
    pricedFromMs: 0,
    costTicks: USED_TICKS,
    uncollectedTicks: 0n,
    queuedMs: 412,
    timeToFirstTokenMs: 1_056,
    durationMs: 4_976,
    gatewayMs: 4,
    ...changes,
  };
  await storage.ledger.hold({
    ...{ holdId: requestId, walletId: organizationId, amountTicks: 678_750_000n, minimumTicks: 1n },
    ...{ processId: 'process-1', origin, atMs },
  });
  await storage.ledger.post({ holdId: requestId, costTicks: record.costTicks, record, atMs: atMs + 4_976 });
  return requestId;
}
