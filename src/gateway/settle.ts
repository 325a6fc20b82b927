import type { Failure } from '../domain/failure.ts';
import { MAXIMUM_TICKS, type Ticks } from '../domain/money.ts';
import { cost } from '../domain/price.ts';
import { NO_USAGE, type TokenUsage, totalTokens } from '../domain/usage.ts';
import { sleep } from '../ports/clock.ts';
import type { EndAnswer } from '../storage/ledger-store.ts';
import type { RequestOutcome, RequestRecord } from '../storage/usage-store.ts';
import type { PaidExchange } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import { makeRecord } from './record.ts';
import { BACKGROUND_PAUSES_MS, repeatCommand } from './repeat-command.ts';
import type { RequestTrace } from './request-trace.ts';

/** How a request ended, as far as money and the record care. */
export interface End {
  readonly outcome: RequestOutcome;
  readonly httpStatus: number;
  readonly failure?: Failure;
  /** False: nothing of value was made, the hold is released whole. */
  readonly charge: boolean;
}

/** What the caller is told. */
export interface Settled {
  readonly usage: TokenUsage;
  /**
   * What the account pays, which is less than the cost where its credit did not reach. Undefined where the ledger was
   * not heard: what is not durable is no bill.
   */
  readonly chargedTicks: Ticks | undefined;
}

/** Pauses while the caller waits for the bill. */
const PAUSES_MS = [50, 500, 2_000];

/**
 * Ends an exchange: charges it or lets it go, releases its hold, gives back its place among the limits and
 * records it, all exactly once. Resolves when the ledger has it durably, so what is said to the caller after
 * this is true. If the ledger does not answer in time, it goes on trying without the caller; if it never does,
 * the hold stays and the next start ends it.
 */
export async function settle(gateway: Gateway, exchange: PaidExchange, end: End): Promise<Settled> {
  const { reservation, meter, ending, trace } = exchange;
  trace?.upstreamEnded();
  const read = end.charge ? meter.read() : { usage: NO_USAGE, estimated: false, reported: null };
  const metered = read instanceof Promise ? await read : read;
  const costTicks = end.charge ? chargeable(cost(reservation.sheet, metered.usage)) : 0n;
  // Claimed only now: what broke up to here can still be settled as broken.
  if (!ending.claimSettlement(end.charge)) throw new Error('an exchange was settled twice');

  const record = makeRecord(exchange, end, metered, costTicks);
  const atMs = gateway.clock.nowMs();
  const command = () =>
    end.charge
      ? gateway.ledger.post({ holdId: reservation.holdId, costTicks, record, atMs })
      : gateway.ledger.void({ holdId: reservation.holdId, record, atMs });
  const attempt = (pausesMs: readonly number[]) =>
    repeatCommand(gateway.clock, pausesMs, command, () =>
      gateway.log.error('settle-failed', { request: exchange.id }),
    );
  const answer = await attempt(PAUSES_MS).catch(() => 'impossible' as const);
  exchange.admission.leave(totalTokens(metered.usage));
  if (answer === undefined) {
    sleep(gateway.clock, BACKGROUND_PAUSES_MS[0] ?? 0)
      .then(() => attempt(BACKGROUND_PAUSES_MS.slice(1)))
      .then((late) => late !== undefined && report(gateway, record, trace, late))
      .catch(() => {}); // Every attempt was reported.
  } else if (answer !== 'impossible') {
    report(gateway, record, trace, answer);
  }
  const isHeard = typeof answer === 'object' && answer.outcome !== 'refused';
  return { usage: metered.usage, chargedTicks: isHeard ? answer.chargedTicks : undefined };
}

/** The ledger moves no more than this at once. Only an upstream's absurd figure can come near it. */
function chargeable(costTicks: Ticks): Ticks {
  return costTicks > MAXIMUM_TICKS ? MAXIMUM_TICKS : costTicks;
}

/** The hold has ended: whoever waits for its credit is told, and so are the figures and the log. */
function report(
  gateway: Gateway,
  record: RequestRecord,
  trace: RequestTrace | undefined,
  answer: EndAnswer,
): void {
  const { requestId, organizationId } = record;
  gateway.credit.released(organizationId);
  if (answer.outcome === 'refused') {
    gateway.log.error('settle-refused', { request: requestId, reason: answer.reason });
    gateway.observe({ ...record, costTicks: 0n }, trace);
    return;
  }
  const { chargedTicks, uncollectedTicks } = answer;
  if (uncollectedTicks > 0n) {
    gateway.log.error('served-beyond-credit', {
      request: requestId,
      uncollectedTicks: String(uncollectedTicks),
    });
  }
  const isAsRecorded = chargedTicks === record.costTicks && uncollectedTicks === record.uncollectedTicks;
  gateway.observe(isAsRecorded ? record : { ...record, costTicks: chargedTicks, uncollectedTicks }, trace);
}
