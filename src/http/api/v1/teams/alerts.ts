import { addAlert, changeAlert, type SeenAlert, seeAlerts } from '../../../../console/alerts.ts';
import { isRefusal } from '../../../../domain/refusal.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiCall, type ApiRoute, route } from '../../api-route.ts';
import { memberOf } from '../../guards.ts';
import { problem } from '../../problem.ts';
import { type Alert, AlertEdit, AlertList, NewAlert } from '../../wire/alerts.ts';

type AlertPorts = Pick<ApiPorts, 'settings' | 'ledger' | 'reports' | 'clock' | 'random'>;

const managers = memberOf('owner', 'administrator', 'billing');

/** `/teams/:teamId/alerts`: lines that a team draws for its balance and its days. */
export function alertRoutes(ports: AlertPorts): readonly ApiRoute[] {
  const list = async ({ team }: ApiCall) => ({
    rows: (await seeAlerts(ports, team.id)).map(presentAlert),
  });
  return [
    route({
      method: 'GET',
      path: '/teams/:teamId/alerts',
      summary: "The team's alerts, and whether each is crossed now.",
      guards: [memberOf()],
      output: AlertList,
      handle: list,
    }),
    route({
      method: 'POST',
      path: '/teams/:teamId/alerts',
      summary: 'Draws a line. Answers all of them.',
      guards: [managers],
      action: 'alert.create',
      body: NewAlert,
      output: AlertList,
      status: 201,
      async handle(call) {
        const thresholdTicks = BigInt(call.body.thresholdTicks);
        const made = await addAlert(ports, call.team.id, { kind: call.body.kind, thresholdTicks });
        return isRefusal(made) ? made : list(call);
      },
    }),
    route({
      method: 'PATCH',
      path: '/teams/:teamId/alerts/:alertId',
      summary: 'Moves a line, or switches it off and on.',
      guards: [managers],
      action: 'alert.change',
      body: AlertEdit,
      output: AlertList,
      async handle(call) {
        const { enabled, thresholdTicks } = call.body;
        const before = await changeAlert(ports, call.team.id, call.parameters.alertId ?? '', {
          enabled,
          thresholdTicks: thresholdTicks === undefined ? undefined : BigInt(thresholdTicks),
        });
        if (before === undefined) return problem('not-found');
        call.note({ before: { ...before } });
        return list(call);
      },
    }),
    route({
      method: 'DELETE',
      path: '/teams/:teamId/alerts/:alertId',
      summary: 'Takes a line away. Answers those that are left.',
      guards: [managers],
      action: 'alert.remove',
      output: AlertList,
      async handle(call) {
        const removed = await changeAlert(ports, call.team.id, call.parameters.alertId ?? '', 'remove');
        return removed === undefined ? problem('not-found') : list(call);
      },
    }),
  ];
}

export function presentAlert(alert: SeenAlert): Alert {
  const { id, kind, thresholdTicks, enabled, isCrossed, nowTicks } = alert;
  return {
    ...{ id, kind, enabled, isCrossed },
    thresholdTicks: String(thresholdTicks),
    nowTicks: String(nowTicks),
  };
}
