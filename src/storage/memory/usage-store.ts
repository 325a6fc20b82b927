import { isWorthNoting } from '../key-use.ts';
import { assertUncharged } from '../ledger-command.ts';
import { makePage, type Page, type PageRequest, readPage } from '../page.ts';
import { StorageConflict } from '../storage-error.ts';
import { addToDay, usageDay } from '../usage-rollup.ts';
import type { DailyUsage, RequestRecord, UsageStore } from '../usage-store.ts';
import { compareTexts } from './compare-texts.ts';
import type { MemoryState } from './memory-state.ts';

export class MemoryUsageStore implements UsageStore {
  readonly #state: MemoryState;

  constructor(state: MemoryState) {
    this.#state = state;
  }

  async record(record: RequestRecord): Promise<void> {
    assertUncharged(record);
    if (this.#state.holds.has(record.requestId)) {
      throw new StorageConflict('unique', 'the request has a hold; the ledger records it');
    }
    recordRequest(this.#state, record);
  }

  async requests(organizationId: string, page: PageRequest): Promise<Page<RequestRecord>> {
    const { limit, below } = readPage(page);
    const rows = [...this.#state.requests.values()]
      .filter(
        (row) =>
          row.record.organizationId === organizationId && (below === undefined || row.sequence < below),
      )
      .reverse();
    return makePage(
      rows,
      limit,
      (row) => row.sequence,
      (row) => row.record,
    );
  }

  async daily(organizationId: string, fromDay: string, toDay: string): Promise<readonly DailyUsage[]> {
    return [...this.#state.daily.values()]
      .filter((row) => row.organizationId === organizationId && row.day >= fromDay && row.day <= toDay)
      .sort(
        (a, b) =>
          compareTexts(a.day, b.day) || compareTexts(a.keyId, b.keyId) || compareTexts(a.model, b.model),
      );
  }
}

/** Writes a request and its day's figures, once. */
export function recordRequest(state: MemoryState, record: RequestRecord): void {
  if (state.requests.has(record.requestId)) return;
  state.requests.set(record.requestId, { sequence: state.nextSequence(), record });
  const key = dayKey(record);
  state.daily.set(key, addToDay(state.daily.get(key), record));
  if (isWorthNoting(state.keyUses.get(record.keyId), record.atMs))
    state.keyUses.set(record.keyId, record.atMs);
}

/** What a request's day is filed under. */
export function dayKey({ atMs, organizationId, keyId, model }: RequestRecord): string {
  return JSON.stringify([usageDay(atMs), organizationId, keyId, model]);
}
