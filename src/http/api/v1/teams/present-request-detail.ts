import type { PriceSheet } from '../../../../domain/price.ts';
import type { PersonName } from '../../../../storage/directory-store.ts';
import type { CreditMove } from '../../../../storage/report-store.ts';
import type { RequestRecord } from '../../../../storage/usage-store.ts';
import type { BillLine, RequestDetail, RequestEntry } from '../../wire/requests.ts';
import { presentRequest } from './present-request.ts';

export interface RequestFacts {
  readonly names: ReadonlyMap<string, string>;
  readonly person: PersonName | undefined;
  /** The sheet it was charged by, where the catalogue still has it. */
  readonly sheet: PriceSheet | undefined;
  readonly moves: readonly CreditMove[];
}

/** One request with its way, its times, its bill and what the ledger did for it. */
export function presentRequestDetail(record: RequestRecord, facts: RequestFacts): RequestDetail {
  const { usage, reported } = record;
  return {
    ...presentRequest(record, facts.names),
    requestedBy: {
      userId: record.userId,
      name: facts.person?.name ?? null,
      email: facts.person?.email ?? null,
    },
    tokens: { ...usage },
    estimated: record.estimated,
    reported: reported === null ? null : { ...reported },
    timing: timingOf(record),
    route:
      record.channel === ''
        ? null
        : {
            channel: record.channel,
            upstreamModel: record.upstreamModel,
            simulated: record.simulated,
          },
    bill: {
      lines: facts.sheet === undefined ? [] : linesOf(record, facts.sheet),
      pricedFromMs: record.pricedFromMs,
      costTicks: String(record.costTicks),
      uncollectedTicks: String(record.uncollectedTicks),
    },
    ledger: facts.moves.flatMap(entriesOf),
  };
}

/** The parts of a request's time; together they are the whole. An answer in one piece has no first token. */
function timingOf({ streamed, queuedMs, gatewayMs, timeToFirstTokenMs, durationMs }: RequestRecord) {
  const firstTokenMs =
    !streamed || timeToFirstTokenMs === null ? null : Math.max(0, timeToFirstTokenMs - queuedMs - gatewayMs);
  const answerMs = Math.max(0, durationMs - queuedMs - gatewayMs - (firstTokenMs ?? 0));
  return { queuedMs, gatewayMs, firstTokenMs, answerMs, totalMs: durationMs };
}

/** As `domain/price` reckons: cached tokens are taken off the text part of the prompt. */
function linesOf({ usage }: RequestRecord, sheet: PriceSheet): BillLine[] {
  const text = usage.inputTokens - usage.imageInputTokens - usage.audioInputTokens;
  const cached = Math.min(usage.cachedInputTokens, text);
  const line = (kind: BillLine['kind'], tokens: number, ticksPerToken: bigint): BillLine => ({
    kind,
    tokens,
    ticksPerToken: String(ticksPerToken),
    costTicks: String(BigInt(tokens) * ticksPerToken),
  });
  return [
    line('input', text - cached, sheet.inputTicksPerToken),
    line('cached-input', cached, sheet.cachedInputTicksPerToken),
    line('image-input', usage.imageInputTokens, sheet.imageInputTicksPerToken),
    line('audio-input', usage.audioInputTokens, sheet.audioInputTicksPerToken),
    line('output', usage.outputTokens, sheet.outputTicksPerToken),
    line('reasoning', usage.reasoningTokens, sheet.outputTicksPerToken),
  ].filter(({ kind, tokens }) => tokens > 0 || kind === 'input' || kind === 'output');
}

/** What one transaction moved, in the order in which it is told: charged, then what could not be, then given back. */
function entriesOf({
  atMs,
  command,
  availableTicks,
  heldTicks,
  revenueTicks,
  uncollectedTicks,
}: CreditMove): RequestEntry[] {
  if (command === 'hold' || command === 'extend')
    return [{ atMs, kind: 'hold', from: 'balance', to: 'hold', amountTicks: String(heldTicks) }];
  const chargedTicks = revenueTicks - uncollectedTicks;
  const entries: RequestEntry[] = [
    { atMs, kind: 'charge', from: 'hold', to: 'operator', amountTicks: String(chargedTicks) },
    {
      atMs,
      kind: 'uncollected',
      from: 'operator',
      to: 'operator',
      amountTicks: String(uncollectedTicks),
    },
    { atMs, kind: 'release', from: 'hold', to: 'balance', amountTicks: String(availableTicks) },
  ];
  return entries.filter(({ amountTicks }) => amountTicks !== '0');
}
