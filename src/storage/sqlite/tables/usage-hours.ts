import { countsAsFailed, usageHour } from '../../usage-rollup.ts';
import type { PlainRecord } from '../journal/ledger-effect.ts';
import type { EffectStatements } from './effect-statements.ts';

interface HourTotal {
  readonly of: PlainRecord;
  readonly hour: number;
  requests: number;
  failed: number;
  /** Input, cached input, output, reasoning. */
  readonly tokens: [number, number, number, number];
  costTicks: bigint;
}

/** Adds up what requests used by hour, of a team and of a channel, so that a busy hour is written once. */
export class UsageHours {
  readonly #ofTeams = new Map<string, HourTotal>();
  readonly #ofChannels = new Map<string, HourTotal>();

  add(record: PlainRecord): void {
    const hour = usageHour(record.atMs);
    const { organizationId, keyId, model, channel } = record;
    addTo(this.#ofTeams, `${hour}\n${organizationId}\n${keyId}\n${model}`, hour, record);
    addTo(this.#ofChannels, `${hour}\n${channel}\n${model}`, hour, record);
  }

  write({ addToHour, addToChannelHour }: Pick<EffectStatements, 'addToHour' | 'addToChannelHour'>): void {
    for (const { of, hour, requests, failed, tokens, costTicks } of this.#ofTeams.values())
      addToHour.run(of.organizationId, hour, of.keyId, of.model, requests, failed, ...tokens, costTicks);
    for (const { of, hour, requests, failed, tokens, costTicks } of this.#ofChannels.values())
      addToChannelHour.run(hour, of.channel, of.model, requests, failed, ...tokens, costTicks);
  }
}

function addTo(totals: Map<string, HourTotal>, name: string, hour: number, record: PlainRecord): void {
  let total = totals.get(name);
  if (total === undefined) {
    total = { of: record, hour, requests: 0, failed: 0, tokens: [0, 0, 0, 0], costTicks: 0n };
    totals.set(name, total);
  }
  const { usage, outcome } = record;
  total.requests += 1;
  if (countsAsFailed(outcome)) total.failed += 1;
  total.tokens[0] += usage.inputTokens;
  total.tokens[1] += usage.cachedInputTokens;
  total.tokens[2] += usage.outputTokens;
  total.tokens[3] += usage.reasoningTokens;
  total.costTicks += BigInt(record.costTicks);
}
