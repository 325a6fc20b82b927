import type {
  ClaimAnswer,
  ClaimName,
  ClaimState,
  IdempotencyClaim,
  IdempotencyLimits,
  IdempotencyStore,
  KeptAnswer,
} from '../idempotency-store.ts';

interface Row extends IdempotencyClaim {
  state: ClaimState;
}

export class MemoryIdempotencyStore implements IdempotencyStore {
  /** Oldest first, as they were claimed. */
  readonly #rows = new Map<string, Row>();

  async claim(claim: IdempotencyClaim, limits: IdempotencyLimits): Promise<ClaimAnswer> {
    const found = this.#rows.get(nameOf(claim));
    if (found !== undefined) {
      const { requestId, fingerprint, state } = found;
      if (requestId === claim.requestId && state.kind === 'running') return { outcome: 'done' };
      return { outcome: 'taken', requestId, fingerprint, state };
    }
    const isFull =
      this.#rows.size >= limits.allKeys ||
      this.#rowsOf(claim.organizationId).length >= limits.organizationKeys;
    if (isFull) return { outcome: 'full' };
    this.#rows.set(nameOf(claim), { ...claim, state: { kind: 'running' } });
    return { outcome: 'done' };
  }

  async complete(claim: ClaimName, answer: KeptAnswer | undefined, limits: IdempotencyLimits): Promise<void> {
    const row = this.#running(claim);
    if (row === undefined) return;
    const isRoom =
      answer !== undefined &&
      bytesOf(this.#rowsOf(claim.organizationId)) + answer.bodyBytes <= limits.organizationBytes &&
      bytesOf([...this.#rows.values()]) + answer.bodyBytes <= limits.allBytes;
    row.state = isRoom ? { kind: 'answered', answer } : { kind: 'not-kept' };
  }

  async release(claim: ClaimName): Promise<void> {
    if (this.#running(claim) !== undefined) this.#rows.delete(nameOf(claim));
  }

  async interruptClaimsOfOthers(liveProcessId: string): Promise<number> {
    const lost = [...this.#rows.values()].filter(
      ({ processId, state }) => state.kind === 'running' && processId !== liveProcessId,
    );
    for (const row of lost) row.state = { kind: 'interrupted' };
    return lost.length;
  }

  async sweep(beforeMs: number, limit: number): Promise<number> {
    const old = [...this.#rows.values()]
      .filter(({ atMs }) => atMs < beforeMs)
      .sort((a, b) => a.atMs - b.atMs)
      .slice(0, limit);
    for (const row of old) this.#rows.delete(nameOf(row));
    return old.length;
  }

  #rowsOf(organizationId: string): Row[] {
    return [...this.#rows.values()].filter((row) => row.organizationId === organizationId);
  }

  #running(claim: ClaimName): Row | undefined {
    const row = this.#rows.get(nameOf(claim));
    return row?.requestId === claim.requestId && row.state.kind === 'running' ? row : undefined;
  }
}

function nameOf({ organizationId, keyHash }: ClaimName): string {
  return JSON.stringify([organizationId, keyHash]);
}

function bytesOf(rows: readonly Row[]): number {
  return rows.reduce(
    (total, { state }) => total + (state.kind === 'answered' ? state.answer.bodyBytes : 0),
    0,
  );
}
