import type { ActivityFilter, ActivityRow, ActivityStore } from '../activity-store.ts';
import { makePage, type Page, type PageRequest, readPage } from '../page.ts';

export class MemoryActivityStore implements ActivityStore {
  readonly #rows: { readonly sequence: bigint; readonly row: ActivityRow }[] = [];

  async append(row: ActivityRow): Promise<void> {
    this.#rows.push({ sequence: BigInt(this.#rows.length + 1), row });
  }

  async list(filter: ActivityFilter, page: PageRequest): Promise<Page<ActivityRow>> {
    const { limit, below } = readPage(page);
    const { actor, beginnings, fromMs = 0 } = filter;
    const rows = this.#rows
      .filter(({ sequence }) => below === undefined || sequence < below)
      .filter(({ row }) => actor === undefined || row.actor === actor)
      .filter(({ row }) => beginnings?.some((beginning) => row.action.startsWith(beginning)) ?? true)
      .filter(({ row }) => row.atMs >= fromMs)
      .reverse();
    return makePage(
      rows.slice(0, limit + 1),
      limit,
      ({ sequence }) => sequence,
      ({ row }) => row,
    );
  }
}
