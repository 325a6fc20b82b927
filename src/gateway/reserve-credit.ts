import { type Failure, ledgerUnavailable, outOfCredit, spendLimitReached } from '../domain/failure.ts';
import { MAXIMUM_TICKS, type Ticks } from '../domain/money.ts';
import { affordableOutputTokens, cost, type PriceSheet, upperBoundCost } from '../domain/price.ts';
import type { SpendLimits } from '../domain/spend-limit.ts';
import { NO_USAGE, type TokenUsage } from '../domain/usage.ts';
import { sleep } from '../ports/clock.ts';
import { errorStatus } from '../protocol/xai-chat/error.ts';
import type { HoldAnswer } from '../storage/ledger-store.ts';
import { CREDIT_WAIT_MS } from './deadlines.ts';
import { originOf, type RoutedExchange } from './exchange.ts';
import { endedFailure } from './failure-end.ts';
import type { Gateway } from './gateway.ts';
import type { PromptMeasure } from './measure-prompt.ts';
import { makeRecord } from './record.ts';
import { BACKGROUND_PAUSES_MS, repeatCommand } from './repeat-command.ts';

/** Output that a stream's hold pays for at first, and what it is extended by while it runs. */
export const STREAM_STEP_TOKENS = 4_096;

/** The most output that one hold of a call that is not streamed pays for, by choice. */
const WHOLE_ANSWER_TOKENS = 16_384;

/** An answer shorter than this is not worth starting. */
const LEAST_OUTPUT_TOKENS = 16;

/** Credit set aside for one request. */
export interface Reservation {
  readonly sheet: PriceSheet;
  readonly walletId: string;
  readonly holdId: string;
  readonly heldTicks: Ticks;
  /** Output tokens, all choices together, that the hold pays for besides the prompt. */
  readonly outputTokens: number;
  /** What the prompt takes of a context, as `PromptMeasure` has it. */
  readonly promptTokensAtMost: number;
  /** What the upstream is told to stop at, by choice; undefined where it may write on and the hold grows. */
  readonly outputCap: number | undefined;
  /** A stream that may write beyond its first hold, which then grows. */
  readonly mayGrow: boolean;
  /** What did not reach for the output that was asked for: the account's credit, or the key's spend limit. */
  readonly cappedBy: 'credit' | 'limit' | undefined;
  /** Those of the key, for extensions too; undefined without any, which spares the ledger a look. */
  readonly spendLimits: SpendLimits | undefined;
  /** Extensions so far. */
  readonly steps: number;
}

/**
 * Sets credit aside for the prompt and an output allowance. Where it does not reach because other calls of the
 * account are under way, the call waits its turn; where it still does not, but covers the prompt and a little
 * output, it takes what there is. What a key's spend limit leaves bounds the hold in the same way, but nobody waits for
 * it. The refusal is the ledger's own: no balance is read here.
 */
export async function reserveCredit(
  gateway: Pick<Gateway, 'ledger' | 'credit' | 'clock' | 'log' | 'processId'>,
  exchange: RoutedExchange,
  prompt: PromptMeasure,
): Promise<Reservation | Failure> {
  const { chat, sheet, caller, ending, upstream } = exchange;
  if (ending.signal.aborted) return endedFailure(exchange);
  const walletId = caller.organizationId;
  const asked = chat.maximumOutputTokens ?? upstream.usualAnswerTokens ?? Number.POSITIVE_INFINITY;
  const perChoice = chat.stream
    ? Math.min(asked, STREAM_STEP_TOKENS)
    : await wholeAnswerTokens(exchange, asked, prompt);
  const wantedTokens = perChoice * chat.choices;
  const spendLimits = limitsOf(caller.spendLimits);
  const wantedTicks = upperBoundCost(sheet, prompt.tokensAtMost, wantedTokens);
  let isUnheard = false;
  const hold = async (minimumTicks: Ticks) => {
    isUnheard = true;
    const answer = await gateway.ledger.hold({
      holdId: exchange.id,
      walletId,
      // No wallet holds more than the ledger can move at once.
      amountTicks: wantedTicks < MAXIMUM_TICKS ? wantedTicks : MAXIMUM_TICKS,
      minimumTicks,
      spendLimits,
      processId: gateway.processId,
      origin: originOf(exchange),
      atMs: exchange.atMs,
    });
    isUnheard = false;
    return answer;
  };

  try {
    let answer = await hold(wantedTicks);
    if (answer.outcome === 'refused' && answer.reason === 'not-enough') {
      answer = await waitForTurn(gateway, exchange, answer, () => hold(wantedTicks));
    }
    const promptTokens = answer.outcome === 'refused' ? await prompt.tokensLikely() : prompt.tokensAtMost;
    if (answer.outcome === 'refused') {
      const leastOutput = Math.min(LEAST_OUTPUT_TOKENS, perChoice) * chat.choices;
      answer = await hold(upperBoundCost(sheet, promptTokens, leastOutput));
    }
    if (answer.outcome === 'refused') {
      return answer.reason === 'spend-limit'
        ? spendLimitReached(answer.period, gateway.clock.nowMs())
        : outOfCredit(walletId, answer.balance.availableTicks, wantedTicks);
    }

    const { heldTicks } = answer;
    const paidTokens =
      heldTicks < wantedTicks
        ? affordableOutputTokens(sheet, heldTicks - upperBoundCost(sheet, promptTokens, 0))
        : wantedTokens;
    // A prompt that is likely smaller than its bound may leave enough for all that was asked for, and never more.
    const outputTokens = Math.min(paidTokens, wantedTokens);
    const isCapped = outputTokens < wantedTokens;
    // A hold takes all the credit there is before that is what bounds it.
    const cappedBy = !isCapped ? undefined : answer.balance.availableTicks > 0n ? 'limit' : 'credit';
    const mayGrow = chat.stream && !isCapped && asked > perChoice;
    const capPerChoice = Math.max(1, Math.floor(outputTokens / chat.choices));
    return {
      sheet,
      walletId,
      holdId: exchange.id,
      heldTicks,
      promptTokensAtMost: prompt.tokensAtMost,
      outputTokens,
      outputCap: mayGrow ? (Number.isFinite(asked) ? asked : undefined) : capPerChoice,
      mayGrow,
      cappedBy,
      spendLimits,
      steps: 0,
    };
  } catch (reason) {
    if (isUnheard) {
      gateway.log.error('ledger-unavailable', { request: exchange.id, command: 'hold' });
      const failure = ledgerUnavailable();
      releaseUnheard(gateway, exchange, failure);
      return failure;
    }
    if (ending.signal.aborted) return endedFailure(exchange);
    throw reason;
  }
}

function limitsOf(limits: SpendLimits): SpendLimits | undefined {
  return limits.perDayTicks === null && limits.perMonthTicks === null ? undefined : limits;
}

/**
 * The most output of a call that is not streamed, by choice. Where the upstream's context is known, what the prompt
 * leaves of it is the limit: servers refuse a call whose prompt and output limit together are longer.
 */
async function wholeAnswerTokens(
  { model, upstream }: RoutedExchange,
  asked: number,
  prompt: PromptMeasure,
): Promise<number> {
  const most = Math.min(asked, model.maximumOutputTokens, WHOLE_ANSWER_TOKENS);
  const { contextTokens } = upstream;
  if (contextTokens === undefined || prompt.tokensAtMost + most <= contextTokens) return most;
  return Math.max(1, Math.min(most, contextTokens - (await prompt.tokensLikely())));
}

/**
 * A hold whose answer was not heard may have been made. It is released in the background; where even that is not
 * heard, the next start does it.
 */
function releaseUnheard(
  { ledger, credit, clock, log }: Pick<Gateway, 'ledger' | 'credit' | 'clock' | 'log'>,
  exchange: RoutedExchange,
  failure: Failure,
): void {
  const record = makeRecord(
    exchange,
    { outcome: 'refused', httpStatus: errorStatus(failure, exchange.dialect), failure, charge: false },
    { usage: NO_USAGE, estimated: false, reported: null },
    0n,
  );
  const release = () => ledger.void({ holdId: exchange.id, record, atMs: clock.nowMs() });
  const [first = 0, ...others] = BACKGROUND_PAUSES_MS;
  sleep(clock, first)
    .then(() =>
      repeatCommand(clock, others, release, () => log.error('hold-not-released', { request: exchange.id })),
    )
    .then(() => credit.released(exchange.caller.organizationId))
    .catch(() => {});
}

/** Waits while other open holds of the wallet may still give credit back. */
async function waitForTurn(
  gateway: Pick<Gateway, 'credit'>,
  { caller, ending, stopwatch }: RoutedExchange,
  refused: HoldAnswer,
  hold: () => Promise<HoldAnswer>,
): Promise<HoldAnswer> {
  if (refused.balance.heldTicks === 0n || gateway.credit.isFull(caller.organizationId)) return refused;
  let last = refused;
  const turn = gateway.credit.inLine(caller.organizationId, CREDIT_WAIT_MS, ending.signal, async () => {
    last = await hold();
    return last.outcome !== 'refused' || last.balance.heldTicks === 0n ? last : undefined;
  });
  return (await stopwatch.inLine(turn)) ?? last;
}

/**
 * Extends a stream's hold to pay for so many more output tokens, or for as many as there is credit for, and notes
 * what it has used so far. Undefined when nothing is left; the stream is then cut off in an orderly way. Rejects
 * when the ledger does not answer.
 */
export async function extendReservation(
  gateway: Pick<Gateway, 'ledger' | 'clock'>,
  reservation: Reservation,
  tokens: number,
  usage: TokenUsage,
): Promise<Reservation | 'credit-used-up' | 'spend-limit-reached'> {
  const { sheet } = reservation;
  const answer = await gateway.ledger.extend({
    holdId: reservation.holdId,
    step: reservation.steps + 1,
    amountTicks: upperBoundCost(sheet, 0, tokens),
    minimumTicks: sheet.outputTicksPerToken > 0n ? sheet.outputTicksPerToken : 1n,
    spendLimits: reservation.spendLimits,
    usage,
    costTicks: cost(sheet, usage),
    atMs: gateway.clock.nowMs(),
  });
  if (answer.outcome === 'refused') {
    return answer.reason === 'spend-limit' ? 'spend-limit-reached' : 'credit-used-up';
  }
  return {
    ...reservation,
    heldTicks: reservation.heldTicks + answer.heldTicks,
    outputTokens: reservation.outputTokens + affordableOutputTokens(sheet, answer.heldTicks),
    steps: reservation.steps + 1,
  };
}
