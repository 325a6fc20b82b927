import { addAlert, changeAlert, type SeenAlert, seeAlerts } from '../../../../console/alerts.ts';
import { isRefusal } from '../../../../domain/refusal.ts';
import { hasMail } from '../../../../ports/mailer.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiCall, type ApiRoute, route } from '../../api-route.ts';
import { memberOf } from '../../guards.ts';
import { problem } from '../../problem.ts';
import { type Alert, AlertEdit, AlertList, NewAlert } from '../../wire/alerts.ts';

type AlertPorts = Pick<
  ApiPorts,
  'settings' | 'alertLetters' | 'ledger' | 'reports' | 'clock' | 'random' | 'mail'
>;

const managers = memberOf('owner', 'administrator', 'billing');

/** `/teams/:teamId/alerts`: lines that a team draws for its balance and its days. */
export function alertRoutes(ports: AlertPorts): readonly ApiRoute[] {
  const list = async ({ team }: ApiCall) => ({
    rows: (await seeAlerts(ports, team.id)).map(presentAlert),
    hasMail: hasMail(ports),
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
        const { kind, byLetter = false } = call.body;
        const thresholdTicks = BigInt(call.body.thresholdTicks);
        const letter = byLetter ? call.language : null;
        const made = await addAlert(ports, call.team.id, { kind, thresholdTicks, letter });
        return isRefusal(made) ? made : list(call);
      },
    }),
    route({
      method: 'PATCH',
      path: '/teams/:teamId/alerts/:alertId',
      summary: 'Moves a line, or switches it or its letters off and on.',
      guards: [managers],
      action: 'alert.change',
      body: AlertEdit,
      output: AlertList,
      async handle(call) {
        const { enabled, thresholdTicks, byLetter } = call.body;
        const before = await changeAlert(ports, call.team.id, call.parameters.alertId ?? '', {
          enabled,
          letter: byLetter === undefined ? undefined : byLetter ? call.language : null,
          thresholdTicks: thresholdTicks === undefined ? undefined : BigInt(thresholdTicks),
        });
        if (before === undefined) return problem('not-found');
        call.note({ before: { ...before, byLetter: before.letter !== null } });
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
  const { id, kind, thresholdTicks, enabled, letter, isCrossed, nowTicks } = alert;
  return {
    ...{ id, kind, enabled, byLetter: letter !== null, isCrossed },
    thresholdTicks: String(thresholdTicks),
    nowTicks: String(nowTicks),
  };
}
