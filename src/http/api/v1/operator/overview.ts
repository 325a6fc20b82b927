import { operatorOverview } from '../../../../console/operator-overview.ts';
import type { UsageSums } from '../../../../storage/report-store.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { operator } from '../../guards.ts';
import { Overview } from '../../wire/operator-overview.ts';

/** `/operator/overview`: the whole installation at a glance. */
export function overviewRoutes(
  ports: Pick<ApiPorts, 'reports' | 'directory' | 'clock' | 'machine'>,
): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/operator/overview',
      summary: 'Requests, failures and charges of the last 14 days, balances, people, database and disk.',
      guards: [operator],
      output: Overview,
      async handle() {
        const [overview, balances, counts, machine] = await Promise.all([
          operatorOverview(ports),
          ports.reports.balances(),
          ports.directory.countAll(),
          ports.machine(),
        ]);
        return {
          today: figures(overview.today),
          days: overview.days.map((day) => ({ ...figures(day), atMs: day.atMs })),
          models: overview.models.map((sums) => ({ ...figures(sums), model: sums.name })),
          points: overview.points.map((sums) => ({ ...figures(sums), atMs: sums.atMs, model: sums.name })),
          channels: overview.channels.map((sums) => ({ ...figures(sums), channel: sums.name })),
          balances: {
            availableTicks: String(balances.availableTicks),
            heldTicks: String(balances.heldTicks),
          },
          ...counts,
          ...machine,
        };
      },
    }),
  ];
}

function figures({
  requests,
  failedRequests,
  inputTokens,
  outputTokens,
  reasoningTokens,
  costTicks,
}: UsageSums) {
  return {
    ...{ requests, failedRequests, inputTokens },
    outputTokens: outputTokens + reasoningTokens,
    costTicks: String(costTicks),
  };
}
