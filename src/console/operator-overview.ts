import type { ChannelCell, UsageSums } from '../storage/report-store.ts';
import type { ConsolePorts } from './console-ports.ts';
import { addCell } from './team-home.ts';

const DAY_MS = 86_400_000;
const SHOWN_DAYS = 14;

export type NamedSums = UsageSums & { readonly name: string; readonly atMs: number };

export interface OperatorOverview {
  readonly today: UsageSums;
  /** Every day of the span, oldest first, also those without requests. */
  readonly days: readonly (UsageSums & { readonly atMs: number })[];
  /** Of the whole span, the dearest first. */
  readonly models: readonly NamedSums[];
  /** Of a model on a day, oldest first; a day without its requests is left out. */
  readonly points: readonly NamedSums[];
  readonly channels: readonly NamedSums[];
}

/** What the installation did in the last two weeks of UTC days. */
export async function operatorOverview({
  reports,
  clock,
}: Pick<ConsolePorts, 'reports' | 'clock'>): Promise<OperatorOverview> {
  const nowMs = clock.nowMs();
  const todayMs = nowMs - (nowMs % DAY_MS);
  const fromMs = todayMs - (SHOWN_DAYS - 1) * DAY_MS;
  const cells = await reports.channels({ fromMs, toMs: todayMs + DAY_MS, step: 'day' });
  const days = Array.from({ length: SHOWN_DAYS }, (_, at) => fromMs + at * DAY_MS).map((atMs) =>
    cells.filter((cell) => cell.atMs === atMs).reduce(addCell, nothingAt(atMs)),
  );
  return {
    today: days.at(-1) ?? nothingAt(todayMs),
    days,
    models: byName(cells, ({ model }) => model),
    points: days.flatMap(({ atMs }) =>
      byName(
        cells.filter((cell) => cell.atMs === atMs),
        ({ model }) => model,
      ),
    ),
    // What was refused before a channel was chosen is no channel's.
    channels: byName(cells, ({ channel }) => channel).filter(({ name }) => name !== ''),
  };
}

function byName(cells: readonly ChannelCell[], nameOf: (cell: ChannelCell) => string): NamedSums[] {
  const sums = new Map<string, NamedSums>();
  for (const cell of cells) {
    const name = nameOf(cell);
    sums.set(name, addCell<NamedSums>(sums.get(name), { ...cell, name }));
  }
  return [...sums.values()].sort((a, b) => Number(b.costTicks - a.costTicks));
}

function nothingAt(atMs: number): UsageSums & { readonly atMs: number } {
  return {
    ...{ atMs, requests: 0, failedRequests: 0, inputTokens: 0, cachedInputTokens: 0 },
    ...{ outputTokens: 0, reasoningTokens: 0, costTicks: 0n },
  };
}
