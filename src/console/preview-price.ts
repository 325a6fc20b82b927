import type { Ticks } from '../domain/money.ts';
import type { PriceSheet } from '../domain/price.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { ConsolePorts } from './console-ports.ts';
import { findModel } from './find-model.ts';
import { type ModelPrices, readPrices } from './price-model.ts';

const DAY_MS = 86_400_000;
const LOOKED_BACK_DAYS = 30;

export interface PricePreview {
  readonly requests: number;
  /** What was charged. */
  readonly nowTicks: Ticks;
  /** What the same tokens would have cost. */
  readonly thenTicks: Ticks;
}

/** What the last 30 days of a model would have cost by other prices. Images and audio are reckoned as text. */
export async function previewPrice(
  ports: Pick<ConsolePorts, 'catalogue' | 'reports' | 'clock'>,
  modelName: string,
  prices: ModelPrices,
): Promise<PricePreview | Refusal> {
  const nowMs = ports.clock.nowMs();
  const model = await findModel(ports, modelName);
  if (isRefusal(model)) return model;
  const sheet = readPrices(prices, nowMs);
  if (isRefusal(sheet)) return sheet;
  const cells = await ports.reports.channels({
    fromMs: nowMs - LOOKED_BACK_DAYS * DAY_MS,
    toMs: nowMs,
    step: 'day',
  });
  let [requests, nowTicks, thenTicks] = [0, 0n, 0n];
  for (const cell of cells) {
    if (cell.model !== model.id) continue;
    requests += cell.requests;
    nowTicks += cell.costTicks;
    thenTicks += costOf(sheet, cell);
  }
  return { requests, nowTicks, thenTicks };
}

/** Sums are larger than any one usage, so they are multiplied here and not by `cost`, which asserts a single one. */
function costOf(
  sheet: PriceSheet,
  sums: {
    readonly inputTokens: number;
    readonly cachedInputTokens: number;
    readonly outputTokens: number;
    readonly reasoningTokens: number;
  },
): Ticks {
  const cached = BigInt(Math.min(sums.cachedInputTokens, sums.inputTokens));
  return (
    (BigInt(sums.inputTokens) - cached) * sheet.inputTicksPerToken +
    cached * sheet.cachedInputTicksPerToken +
    BigInt(sums.outputTokens + sums.reasoningTokens) * sheet.outputTicksPerToken
  );
}
