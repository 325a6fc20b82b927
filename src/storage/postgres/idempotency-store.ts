import { SqlIdempotencyStore } from '../sql/idempotency-store.ts';
import type { SqlEngine } from '../sql/sql-engine.ts';
import type { ProcessRegistry } from './process-registry.ts';

/** Beside the named process, every process that gives signs of life keeps its claims. */
export class PostgresIdempotencyStore extends SqlIdempotencyStore {
  readonly #registry: ProcessRegistry;

  constructor(engine: SqlEngine, registry: ProcessRegistry) {
    super(engine);
    this.#registry = registry;
  }

  override interruptClaimsOfOthers(liveProcessId: string): Promise<number> {
    return this.#registry.interruptLostClaims(liveProcessId);
  }
}
