import { readKeylessId } from '../../domain/keyless.ts';
import type { Ticks } from '../../domain/money.ts';
import { makePage, type Page, type PageRequest, readPage } from '../page.ts';
import type {
  ChannelCell,
  CreditMove,
  CreditMovesAsked,
  PlacedRequest,
  ReportStore,
  RequestFilter,
  UsageCell,
  UsageParts,
  UsageSpan,
  UsageSums,
} from '../report-store.ts';
import { countsAsFailed } from '../usage-rollup.ts';
import type { RequestRecord } from '../usage-store.ts';
import type { MemoryState, MemoryTransaction } from './memory-state.ts';

const STEP_MS = { hour: 3_600_000, day: 86_400_000 };

export class MemoryReportStore implements ReportStore {
  readonly #state: MemoryState;

  constructor(state: MemoryState) {
    this.#state = state;
  }

  async requests(filter: RequestFilter, page: PageRequest): Promise<Page<RequestRecord>> {
    const { limit, below } = readPage(page);
    const rows = [...this.#state.requests.values()]
      .filter(({ sequence, record }) => (below === undefined || sequence < below) && matches(record, filter))
      .reverse();
    return makePage(
      rows.slice(0, limit + 1),
      limit,
      ({ sequence }) => sequence,
      ({ record }) => record,
    );
  }

  async requestsAfter(organizationId: string, after: bigint, limit: number): Promise<PlacedRequest[]> {
    return [...this.#state.requests.values()]
      .filter(({ sequence, record }) => sequence > after && record.organizationId === organizationId)
      .slice(0, limit);
  }

  async lastSequence(organizationId: string): Promise<bigint> {
    const own = [...this.#state.requests.values()].filter(
      ({ record }) => record.organizationId === organizationId,
    );
    return own.at(-1)?.sequence ?? 0n;
  }

  async findRequest(organizationId: string, requestId: string): Promise<RequestRecord | undefined> {
    const found = this.#state.requests.get(requestId)?.record;
    return found?.organizationId === organizationId ? found : undefined;
  }

  async latestOfAll(limit: number): Promise<readonly RequestRecord[]> {
    return [...this.#state.requests.values()]
      .reverse()
      .slice(0, limit)
      .map(({ record }) => record);
  }

  async usage(
    organizationId: string,
    span: UsageSpan,
    { byKey, byModel }: UsageParts,
  ): Promise<readonly UsageCell[]> {
    const own = this.#within(span).filter((record) => record.organizationId === organizationId);
    return addUp(own, span, ({ keyId, model }) => ({
      keyId: byKey ? keyId : '',
      model: byModel ? model : '',
    }));
  }

  async channels(span: UsageSpan): Promise<readonly ChannelCell[]> {
    return addUp(this.#within(span), span, ({ channel, model }) => ({ channel, model }));
  }

  async creditMoves({ walletId, creditOnly, below, fromMs, toMs, limit }: CreditMovesAsked) {
    const moves = this.#moves()
      .filter(({ walletId: of }) => of === walletId)
      .filter(({ move }) => !creditOnly || move.requestId === null)
      .filter(({ move }) => below === undefined || move.sequence < below)
      .filter(({ move: { atMs } }) => atMs >= (fromMs ?? 0) && atMs < (toMs ?? Number.POSITIVE_INFINITY))
      .map(({ move }) => move)
      .reverse()
      .slice(0, limit);
    return { moves, availableTicks: this.#state.wallets.get(walletId)?.availableTicks ?? 0n };
  }

  async movesOfRequest(walletId: string, requestId: string): Promise<readonly CreditMove[]> {
    return this.#moves()
      .filter(({ walletId: of, move }) => of === walletId && move.requestId === requestId)
      .map(({ move }) => move);
  }

  async grantedTicks(walletId: string): Promise<Ticks> {
    return this.#moves()
      .filter(({ walletId: of, move }) => of === walletId && move.requestId === null)
      .reduce((sum, { move }) => sum + move.availableTicks, 0n);
  }

  async balances(): Promise<{ readonly availableTicks: Ticks; readonly heldTicks: Ticks }> {
    let [availableTicks, heldTicks] = [0n, 0n];
    for (const wallet of this.#state.wallets.values()) {
      availableTicks += wallet.availableTicks;
      heldTicks += wallet.heldTicks;
    }
    return { availableTicks, heldTicks };
  }

  #within({ fromMs, toMs }: UsageSpan): RequestRecord[] {
    return [...this.#state.requests.values()]
      .map(({ record }) => record)
      .filter(({ atMs }) => hourStart(atMs) >= fromMs && hourStart(atMs) < toMs);
  }

  #moves(): { readonly walletId: string; readonly move: CreditMove }[] {
    return [...this.#state.transactions.values()].map((transaction, at) => ({
      walletId: transaction.walletId,
      move: this.#moveOf(transaction, BigInt(at + 1)),
    }));
  }

  #moveOf(transaction: MemoryTransaction, sequence: bigint): CreditMove {
    const { atMs, command, requestId, memo, entries } = transaction;
    const sum = (begins: string) =>
      entries
        .filter(({ account }) => account.startsWith(begins))
        .reduce((total, { amountTicks }) => total + amountTicks, 0n);
    return {
      ...{ sequence, atMs, command, requestId, memo },
      availableTicks: sum('wallet:'),
      heldTicks: sum('held:'),
      revenueTicks: sum('operator:revenue'),
      uncollectedTicks: -sum('operator:uncollected'),
      model: requestId === null ? null : (this.#state.holds.get(requestId)?.origin.model ?? null),
    };
  }
}

function matches(record: RequestRecord, filter: RequestFilter): boolean {
  const { keyId, model, outcomes, minimumCostTicks, fromMs, toMs } = filter;
  return (
    record.organizationId === filter.organizationId &&
    (keyId === undefined || record.keyId === keyId || readKeylessId(record.keyId)?.door === keyId) &&
    (model === undefined || record.model === model) &&
    (outcomes === undefined || outcomes.includes(record.outcome)) &&
    (minimumCostTicks === undefined || record.costTicks >= minimumCostTicks) &&
    (fromMs === undefined || record.atMs >= fromMs) &&
    (toMs === undefined || record.atMs < toMs)
  );
}

function hourStart(atMs: number): number {
  return atMs - (atMs % STEP_MS.hour);
}

function addUp<Name extends object>(
  records: readonly RequestRecord[],
  { step }: UsageSpan,
  nameOf: (record: RequestRecord) => Name,
): (Name & UsageSums & { readonly atMs: number })[] {
  const cells = new Map<string, Name & UsageSums & { readonly atMs: number }>();
  for (const record of records) {
    const atMs = record.atMs - (record.atMs % STEP_MS[step]);
    const name = nameOf(record);
    const key = JSON.stringify([atMs, name]);
    const cell = cells.get(key);
    const { usage, costTicks, outcome } = record;
    cells.set(key, {
      ...name,
      atMs,
      requests: (cell?.requests ?? 0) + 1,
      failedRequests: (cell?.failedRequests ?? 0) + (countsAsFailed(outcome) ? 1 : 0),
      inputTokens: (cell?.inputTokens ?? 0) + usage.inputTokens,
      cachedInputTokens: (cell?.cachedInputTokens ?? 0) + usage.cachedInputTokens,
      outputTokens: (cell?.outputTokens ?? 0) + usage.outputTokens,
      reasoningTokens: (cell?.reasoningTokens ?? 0) + usage.reasoningTokens,
      costTicks: (cell?.costTicks ?? 0n) + costTicks,
    });
  }
  return [...cells.values()].sort((a, b) => a.atMs - b.atMs);
}
