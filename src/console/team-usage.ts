import { readKeylessId } from '../domain/keyless.ts';
import type { UsageCell, UsageSpan, UsageSums } from '../storage/report-store.ts';
import type { ConsolePorts } from './console-ports.ts';
import { addCell } from './team-home.ts';

const DAY_MS = 86_400_000;
const MAXIMUM_DAYS = { hour: 14, day: 400 };

export interface UsageAsked extends UsageSpan {
  readonly groupBy: 'model' | 'key' | 'person';
  readonly model?: string | undefined;
  /** A key's id, or `console` or `chat`. */
  readonly keyId?: string | undefined;
  readonly userId?: string | undefined;
}

/** Figures under the name of their group; of a point also when its step begins. */
export type UsageGroupSums = UsageSums & { readonly groupId: string; readonly atMs: number };

export interface TeamUsage {
  readonly total: UsageSums;
  /** The dearest first; `atMs` means nothing here. */
  readonly groups: readonly UsageGroupSums[];
  /** Oldest first. */
  readonly points: readonly UsageGroupSums[];
}

const NOTHING: UsageSums = {
  ...{ requests: 0, failedRequests: 0, inputTokens: 0, cachedInputTokens: 0 },
  ...{ outputTokens: 0, reasoningTokens: 0, costTicks: 0n },
};

/** Usage of a team over a span, by group. Undefined for a span that is empty or too long. */
export async function teamUsage(
  { reports, keys }: Pick<ConsolePorts, 'reports' | 'keys'>,
  organizationId: string,
  asked: UsageAsked,
): Promise<TeamUsage | undefined> {
  const lengthMs = asked.toMs - asked.fromMs;
  if (lengthMs <= 0 || lengthMs > MAXIMUM_DAYS[asked.step] * DAY_MS) return undefined;
  const [cells, teamKeys] = await Promise.all([
    reports.usage(organizationId, asked, {
      byKey: asked.groupBy !== 'model' || asked.keyId !== undefined || asked.userId !== undefined,
      byModel: asked.groupBy === 'model' || asked.model !== undefined,
    }),
    asked.groupBy === 'person' || asked.userId !== undefined ? keys.list(organizationId) : [],
  ]);
  const makers = new Map(teamKeys.map(({ id, userId }) => [id, userId]));
  const personOf = (keyId: string) => readKeylessId(keyId)?.userId ?? makers.get(keyId) ?? '';
  const sourceOf = (keyId: string) => readKeylessId(keyId)?.door ?? keyId;
  const groupOf = ({ model, keyId }: UsageCell) =>
    asked.groupBy === 'model' ? model : asked.groupBy === 'key' ? sourceOf(keyId) : personOf(keyId);

  let total = NOTHING;
  const groups = new Map<string, UsageGroupSums>();
  const points = new Map<string, UsageGroupSums>();
  for (const cell of cells) {
    if (asked.model !== undefined && cell.model !== asked.model) continue;
    if (asked.keyId !== undefined && sourceOf(cell.keyId) !== asked.keyId) continue;
    if (asked.userId !== undefined && personOf(cell.keyId) !== asked.userId) continue;
    const groupId = groupOf(cell);
    const sums = { ...figuresOf(cell), groupId, atMs: cell.atMs };
    total = figuresOf(addCell({ ...total, groupId, atMs: 0 }, sums));
    groups.set(groupId, addCell(groups.get(groupId), sums));
    points.set(`${cell.atMs} ${groupId}`, addCell(points.get(`${cell.atMs} ${groupId}`), sums));
  }
  const dearestFirst = [...groups.values()].sort((a, b) => Number(b.costTicks - a.costTicks));
  return { total, groups: dearestFirst, points: [...points.values()] };
}

function figuresOf(cell: UsageSums): UsageSums {
  const { requests, failedRequests, inputTokens, cachedInputTokens } = cell;
  const { outputTokens, reasoningTokens, costTicks } = cell;
  return {
    requests,
    failedRequests,
    inputTokens,
    cachedInputTokens,
    outputTokens,
    reasoningTokens,
    costTicks,
  };
}
