import type { PlantedBug } from './planted-bug.ts';

const SETTLE = 'src/gateway/settle.ts';
const PRICE = 'src/domain/price.ts';

/** Wrong amounts. */
export const MONEY_BUGS: readonly PlantedBug[] = [
  {
    name: 'float price',
    story: 'Costs are computed in dollars as floats and rounded down (everybody who keeps money in floats).',
    changes: [
      {
        file: PRICE,
        find: 'BigInt(usage.outputTokens + usage.reasoningTokens) * sheet.outputTicksPerToken',
        put: 'BigInt(Math.floor((usage.outputTokens + usage.reasoningTokens) * (Number(sheet.outputTicksPerToken) / 1e10) * 1e10))',
      },
    ],
  },
  {
    name: 'wrap at 2^63',
    story: 'A cost wraps around a signed 64-bit column and is negative (one-api #1008).',
    changes: [
      {
        file: SETTLE,
        find: 'chargeable(cost(reservation.sheet, metered.usage))',
        put: 'chargeable(BigInt.asIntN(64, cost(reservation.sheet, metered.usage)))',
      },
    ],
  },
  {
    name: 'cached tokens at full price',
    story: 'Cached tokens are charged as if they were not (Bifrost #904).',
    changes: [
      {
        file: PRICE,
        find: 'cached * sheet.cachedInputTicksPerToken',
        put: 'cached * sheet.inputTicksPerToken',
      },
    ],
  },
  {
    name: 'price at the end',
    story: 'The price in force at the end is charged, not the one at the admission (F43).',
    changes: [
      {
        file: SETTLE,
        find: 'chargeable(cost(reservation.sheet, metered.usage))',
        put: 'chargeable(cost(gateway.catalogue().find(exchange.model.id)?.prices.at(-1) ?? reservation.sheet, metered.usage))',
      },
    ],
  },
  {
    name: 'usage only from the last chunk',
    story: 'Usage that comes with an earlier chunk is not seen (open-ace PR #3422, LiteLLM PR #33736).',
    changes: [
      {
        file: 'src/gateway/relay-stream.ts',
        find: 'meter.note(chunk.written, chunk.usage);',
        put: 'meter.note(chunk.written, chunk.isUsageOnly ? chunk.usage : undefined);',
      },
    ],
  },
  {
    name: 'usage taken on trust',
    story: 'A figure that is a text is believed (F67).',
    changes: [
      {
        file: 'src/protocol/xai-chat/usage.ts',
        find: "return typeof value === 'number' && value >= 0 ? value : Number.NaN;",
        put: 'return Number(value);',
      },
    ],
  },
  {
    name: 'hang-up pays nothing',
    story: 'Whoever leaves before the last chunk gets everything back (new-api #5235, LiteLLM #30630).',
    changes: [
      { file: 'src/gateway/relay-stream.ts', find: 'charge: this.#isAccepted,', put: 'charge: false,' },
    ],
  },
  {
    name: 'bill says the cost',
    story: 'The answer shows what it would have cost, not what was paid (one-api #758).',
    changes: [
      {
        file: SETTLE,
        find: 'chargedTicks: isHeard ? answer.chargedTicks : undefined',
        put: 'chargedTicks: costTicks',
      },
    ],
  },
  {
    name: 'prompt not reserved',
    story: 'The hold does not pay for the prompt (one-api PR #1312).',
    changes: [
      {
        file: 'src/gateway/reserve-credit.ts',
        find: 'upperBoundCost(sheet, prompt.tokensAtMost, wantedTokens)',
        put: 'upperBoundCost(sheet, 0, wantedTokens)',
      },
    ],
  },
];
