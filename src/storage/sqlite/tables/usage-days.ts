import { countsAsFailed, usageDay } from '../../usage-rollup.ts';
import type { PlainRecord } from '../journal/ledger-effect.ts';
import type { EffectStatements } from './effect-statements.ts';

interface DayTotal {
  readonly of: PlainRecord;
  readonly day: string;
  requests: number;
  failed: number;
  /** In the order of the columns, as `usageValues` writes them. */
  readonly tokens: [number, number, number, number, number, number];
  costTicks: bigint;
}

/** Adds up what requests used, by organization, day, key and model, so that a busy day is written once. */
export class UsageDays {
  readonly #totals = new Map<string, DayTotal>();

  add(record: PlainRecord): void {
    const day = usageDay(record.atMs);
    const name = `${record.organizationId}\n${day}\n${record.keyId}\n${record.model}`;
    let total = this.#totals.get(name);
    if (total === undefined) {
      total = { of: record, day, requests: 0, failed: 0, tokens: [0, 0, 0, 0, 0, 0], costTicks: 0n };
      this.#totals.set(name, total);
    }
    const { usage, outcome } = record;
    total.requests += 1;
    if (countsAsFailed(outcome)) total.failed += 1;
    total.tokens[0] += usage.inputTokens;
    total.tokens[1] += usage.cachedInputTokens;
    total.tokens[2] += usage.imageInputTokens;
    total.tokens[3] += usage.audioInputTokens;
    total.tokens[4] += usage.outputTokens;
    total.tokens[5] += usage.reasoningTokens;
    total.costTicks += BigInt(record.costTicks);
  }

  write({ addToDay }: Pick<EffectStatements, 'addToDay'>): void {
    for (const { of, day, requests, failed, tokens, costTicks } of this.#totals.values()) {
      addToDay.run(of.organizationId, day, of.keyId, of.model, requests, failed, ...tokens, costTicks);
    }
  }
}
