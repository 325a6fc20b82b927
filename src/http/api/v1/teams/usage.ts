import { teamUsage, type UsageGroupSums } from '../../../../console/team-usage.ts';
import type { UsageSums } from '../../../../storage/report-store.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiCall, type ApiRoute, route } from '../../api-route.ts';
import { csvRow } from '../../csv.ts';
import { memberOf } from '../../guards.ts';
import { problem } from '../../problem.ts';
import { Usage, type UsageFigures, UsageQuery } from '../../wire/usage.ts';

type UsagePorts = Pick<ApiPorts, 'reports' | 'keys' | 'directory' | 'latency'>;

/** `/teams/:teamId/usage`: figures by hour or day and by model, key or person; also as a table to download. */
export function usageRoutes(ports: UsagePorts): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/teams/:teamId/usage',
      summary: 'Usage by hour or UTC day, grouped by model, key or person.',
      guards: [memberOf()],
      query: UsageQuery,
      output: Usage,
      async handle(call) {
        const { team, query } = call;
        const usage = await teamUsage(ports, team.id, query);
        if (usage === undefined) return problem('bad-span', { field: 'toMs' });
        const nameOf = await groupNames(ports, call, usage.groups);
        return {
          fromMs: query.fromMs,
          toMs: query.toMs,
          step: query.step,
          total: figures(usage.total),
          groups: usage.groups.map((group) => ({
            ...figures(group),
            id: group.groupId,
            name: nameOf(group.groupId),
            medianFirstTokenMs:
              query.groupBy === 'model' ? ports.latency.ofModel(group.groupId).firstTokenP50Ms : null,
          })),
          points: usage.points.map((point) => ({
            ...figures(point),
            atMs: point.atMs,
            groupId: point.groupId,
          })),
        };
      },
    }),
    route({
      method: 'GET',
      path: '/teams/:teamId/usage.csv',
      summary: 'The same as a table, a row for each step and group.',
      guards: [memberOf()],
      query: UsageQuery,
      output: 'text/csv',
      async handle(call) {
        const { team, query } = call;
        const usage = await teamUsage(ports, team.id, query);
        if (usage === undefined) return problem('bad-span', { field: 'toMs' });
        const nameOf = await groupNames(ports, call, usage.groups);
        const lines = usage.points.map(({ atMs, groupId, ...sums }) =>
          csvRow([new Date(atMs).toISOString(), groupId, nameOf(groupId), ...Object.values(figures(sums))]),
        );
        const head = csvRow(['from', 'id', query.groupBy, ...FIGURE_NAMES]);
        return new Response([head, ...lines].join(''), {
          headers: {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': 'attachment; filename="usage.csv"',
            'cache-control': 'no-store',
          },
        });
      },
    }),
  ];
}

const FIGURE_NAMES = [
  'requests',
  'failed_requests',
  'input_tokens',
  'cached_input_tokens',
  'output_tokens',
  'reasoning_tokens',
  'cost_ticks',
];

/** In the order of the names above. */
function figures(sums: UsageSums): UsageFigures {
  return {
    requests: sums.requests,
    failedRequests: sums.failedRequests,
    inputTokens: sums.inputTokens,
    cachedInputTokens: sums.cachedInputTokens,
    outputTokens: sums.outputTokens + sums.reasoningTokens,
    reasoningTokens: sums.reasoningTokens,
    costTicks: String(sums.costTicks),
  };
}

/** What groups are called: a model by itself, a key or person by their name, all of them in one look. */
async function groupNames(
  ports: UsagePorts,
  { team, query }: ApiCall<UsageQuery>,
  groups: readonly UsageGroupSums[],
): Promise<(id: string) => string> {
  if (query.groupBy === 'model') return (id) => id;
  const named =
    query.groupBy === 'key'
      ? await ports.keys.list(team.id)
      : await ports.directory.peopleNamed(groups.map(({ groupId }) => groupId));
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
