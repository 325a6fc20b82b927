import { findModel } from '../../../../console/find-model.ts';
import { isRefusal } from '../../../../domain/refusal.ts';
import type { RequestFilter } from '../../../../storage/report-store.ts';
import type { RequestRecord } from '../../../../storage/usage-store.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { answerEvents } from '../../event-stream.ts';
import { memberOf } from '../../guards.ts';
import { problem } from '../../problem.ts';
import { RequestDetail, RequestPage, RequestQuery } from '../../wire/requests.ts';
import { watchRequests } from './live-requests.ts';
import { namesOf, outcomesOf, presentRequest } from './present-request.ts';
import { presentRequestDetail } from './present-request-detail.ts';

type RequestPorts = Pick<ApiPorts, 'reports' | 'keys' | 'directory' | 'catalogue' | 'clock' | 'live'>;

/** `/teams/:teamId/requests`: the list, what happens now, and one with all that is kept of it. */
export function requestRoutes(ports: RequestPorts): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/teams/:teamId/requests',
      summary: 'Requests, youngest first. A filtered page may be short and still have a next one.',
      guards: [memberOf()],
      query: RequestQuery,
      output: RequestPage,
      async handle({ team, query }) {
        const [page, keys] = await Promise.all([
          ports.reports.requests(filterOf(team.id, query), query),
          ports.keys.list(team.id),
        ]);
        const names = namesOf(keys);
        return {
          rows: page.rows.map((record) => presentRequest(record, names)),
          nextCursor: page.nextCursor ?? null,
        };
      },
    }),
    route({
      method: 'GET',
      path: '/teams/:teamId/requests/live',
      summary: 'Requests as they end, as server-sent events named `request`; a row as in the list.',
      guards: [memberOf()],
      output: 'text/event-stream',
      handle(call) {
        call.mayTakeLong();
        return answerEvents(ports, call, (send, signal) => watchRequests(ports, call, send, signal));
      },
    }),
    route({
      method: 'GET',
      path: '/teams/:teamId/requests/:requestId',
      summary: 'One request: its times, what answered it, its bill and what it moved in the ledger.',
      guards: [memberOf()],
      output: RequestDetail,
      async handle({ team, parameters: { requestId = '' } }) {
        const record = await ports.reports.findRequest(team.id, requestId);
        if (record === undefined) return problem('not-found');
        const [keys, [person], moves, sheet] = await Promise.all([
          ports.keys.list(team.id),
          ports.directory.peopleNamed([record.userId]),
          ports.reports.movesOfRequest(team.id, requestId),
          sheetOf(ports, record),
        ]);
        return presentRequestDetail(record, { names: namesOf(keys), person, moves, sheet });
      },
    }),
  ];
}

function filterOf(organizationId: string, query: RequestQuery): RequestFilter {
  const { keyId, model, result, fromMs, toMs, minimumCostTicks } = query;
  return {
    ...{ organizationId, keyId, model, fromMs, toMs },
    outcomes: result && outcomesOf(result),
    minimumCostTicks: minimumCostTicks === undefined ? undefined : BigInt(minimumCostTicks),
  };
}

/** A model may be gone from the catalogue; what was charged for it is not. */
async function sheetOf(ports: RequestPorts, { model: name, pricedFromMs }: RequestRecord) {
  const model = await findModel(ports, name);
  return isRefusal(model) ? undefined : model.prices.find(({ validFromMs }) => validFromMs === pricedFromMs);
}
