import type { ClaimedCode, CodeClaim, CodeClaimAnswer, CodeRow, CodeStore, CodeUse } from '../code-store.ts';
import { makePage, type Page, type PageRequest, readPage } from '../page.ts';

export class MemoryCodeStore implements CodeStore {
  readonly #codes = new Map<string, CodeRow>();
  readonly #uses = new Map<string, ClaimedCode & CodeUse>();

  async insert(rows: readonly CodeRow[]): Promise<void> {
    for (const row of rows) this.#codes.set(row.id, row);
  }

  async list(page: PageRequest): Promise<Page<CodeRow>> {
    const { limit, below } = readPage(page);
    const rows = [...this.#codes.values()]
      .map((row, at) => ({ sequence: BigInt(at + 1), row }))
      .filter(({ sequence }) => below === undefined || sequence < below)
      .reverse();
    return makePage(
      rows.slice(0, limit + 1),
      limit,
      ({ sequence }) => sequence,
      ({ row }) => row,
    );
  }

  async end(id: string, atMs: number): Promise<boolean> {
    const code = this.#codes.get(id);
    if (code === undefined || code.endedAtMs !== null) return false;
    this.#codes.set(id, { ...code, endedAtMs: atMs });
    return true;
  }

  async claim({ hash, organizationId, userId, atMs }: CodeClaim): Promise<CodeClaimAnswer> {
    const code = [...this.#codes.values()].find((candidate) => candidate.hash === hash);
    if (code === undefined) return { outcome: 'unknown' };
    const { id: codeId, amountTicks, memo } = code;
    const claimed = { codeId, organizationId, amountTicks, memo };
    const use = this.#uses.get(useKey(codeId, organizationId));
    if (use !== undefined)
      return use.granted ? { outcome: 'used-already' } : { outcome: 'claimed-before', ...claimed };
    if (code.endedAtMs !== null || (code.expiresAtMs !== null && code.expiresAtMs <= atMs))
      return { outcome: 'expired' };
    if (code.uses >= code.mostUses) return { outcome: 'used-up' };
    this.#codes.set(codeId, { ...code, uses: code.uses + 1 });
    this.#uses.set(useKey(codeId, organizationId), { ...claimed, userId, atMs, granted: false });
    return { outcome: 'done', ...claimed };
  }

  async noteGranted(codeId: string, organizationId: string): Promise<void> {
    const key = useKey(codeId, organizationId);
    const use = this.#uses.get(key);
    if (use !== undefined) this.#uses.set(key, { ...use, granted: true });
  }

  async usesOf(codeId: string): Promise<readonly CodeUse[]> {
    return [...this.#uses.values()]
      .filter((use) => use.codeId === codeId)
      .sort((a, b) => b.atMs - a.atMs || (a.organizationId < b.organizationId ? -1 : 1))
      .map(({ organizationId, userId, atMs, granted }) => ({ organizationId, userId, atMs, granted }));
  }

  async listUngranted(): Promise<readonly ClaimedCode[]> {
    return [...this.#uses.values()]
      .filter(({ granted }) => !granted)
      .map(({ codeId, organizationId, amountTicks, memo }) => ({
        ...{ codeId, organizationId, amountTicks, memo },
      }));
  }
}

function useKey(codeId: string, organizationId: string): string {
  return JSON.stringify([codeId, organizationId]);
}
