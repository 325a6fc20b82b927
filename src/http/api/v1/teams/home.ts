import { seeAlerts } from '../../../../console/alerts.ts';
import { teamHome } from '../../../../console/team-home.ts';
import { usageDay } from '../../../../storage/usage-rollup.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { memberOf } from '../../guards.ts';
import { Home } from '../../wire/home.ts';
import { presentAlert } from './alerts.ts';
import { limitsLeft } from './models.ts';
import { namesOf, presentRequest } from './present-request.ts';

const LATEST_REQUESTS = 8;

/** `/teams/:teamId/home`: everything that the home page shows, in one answer. */
export function homeRoutes(
  ports: Pick<ApiPorts, 'ledger' | 'reports' | 'clock' | 'keys' | 'settings' | 'models' | 'limitsLeft'>,
): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/teams/:teamId/home',
      summary: 'Balance, today, the last 14 days, limits left and the latest requests.',
      guards: [memberOf()],
      output: Home,
      async handle({ team }) {
        const [home, latest, keys, alerts] = await Promise.all([
          teamHome(ports, team.id),
          ports.reports.requests({ organizationId: team.id }, { limit: LATEST_REQUESTS }),
          ports.keys.list(team.id),
          seeAlerts(ports, team.id),
        ]);
        return {
          balance: {
            availableTicks: String(home.balance.availableTicks),
            heldTicks: String(home.balance.heldTicks),
            grantedTicks: String(home.grantedTicks),
            daysLeft: home.daysLeft,
          },
          today: {
            startsAtMs: home.todayMs,
            spentTicks: String(home.spentTicks),
            usualByNowTicks: home.usualByNowTicks === null ? null : String(home.usualByNowTicks),
            requests: home.requests,
            failedRequests: home.failedRequests,
            requestsByHour: [...home.requestsByHour],
          },
          days: home.days.map((cell) => ({
            day: usageDay(cell.atMs),
            model: cell.model,
            requests: cell.requests,
            failedRequests: cell.failedRequests,
            inputTokens: cell.inputTokens,
            outputTokens: cell.outputTokens + cell.reasoningTokens,
            costTicks: String(cell.costTicks),
          })),
          limits: ports.models().map(({ model, contextTokens }) => ({
            model: model.id,
            contextTokens,
            limits: limitsLeft(ports, team.id, model),
          })),
          alerts: alerts.filter(({ isCrossed }) => isCrossed).map(presentAlert),
          latest: latest.rows.map((record) => presentRequest(record, namesOf(keys))),
        };
      },
    }),
  ];
}
