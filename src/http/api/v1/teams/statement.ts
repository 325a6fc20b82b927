import { balanceOf } from '../../../../console/read-account.ts';
import { type StatementMove, teamStatement } from '../../../../console/team-statement.ts';
import { personalTeamOf } from '../../../../identity/find-account.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { memberOf } from '../../guards.ts';
import {
  Credit,
  ExportQuery,
  StatementPage,
  StatementQuery,
  type StatementRow,
} from '../../wire/statement.ts';
import { exportStatement } from './export-statement.ts';

type StatementPorts = Pick<ApiPorts, 'reports' | 'ledger' | 'accounts' | 'signUps'>;

/** `/teams/:teamId/credit` and `/statement`: what there is, what moved it, and all of it as a file. */
export function statementRoutes(ports: StatementPorts): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/teams/:teamId/credit',
      summary: "The team's credit: available, held, granted and charged.",
      guards: [memberOf()],
      output: Credit,
      async handle({ team, signedIn }) {
        const [balance, granted] = await Promise.all([
          balanceOf(ports, team.id),
          ports.reports.grantedTicks(team.id),
        ]);
        const withheld = granted === 0n ? await withheldFrom(ports, team.id, signedIn.userId) : undefined;
        return {
          availableTicks: String(balance.availableTicks),
          heldTicks: String(balance.heldTicks),
          grantedTicks: String(granted),
          chargedTicks: String(granted - balance.availableTicks - balance.heldTicks),
          withheld: withheld ? { ...withheld, askedTicks: String(withheld.askedTicks) } : null,
        };
      },
    }),
    route({
      method: 'GET',
      path: '/teams/:teamId/statement',
      summary: "What moved the team's credit, youngest first, with the running balance.",
      guards: [memberOf()],
      query: StatementQuery,
      output: StatementPage,
      async handle({ team, query }) {
        const page = await teamStatement(ports, team.id, query);
        return { rows: page.rows.map(presentMove), nextCursor: page.nextCursor ?? null };
      },
    }),
    route({
      method: 'GET',
      path: '/teams/:teamId/statement/export',
      summary: 'The statement as a CSV or JSON file, youngest first, streamed; at most 200,000 movements.',
      guards: [memberOf()],
      query: ExportQuery,
      output: 'text/csv',
      handle(call) {
        call.mayTakeLong();
        return exportStatement(ports, call.team.id, call.query, call.request.signal);
      },
    }),
  ];
}

/** Free credit is a person's: only their own team could have begun with it. */
async function withheldFrom(
  { accounts, signUps }: Pick<ApiPorts, 'accounts' | 'signUps'>,
  teamId: string,
  userId: string,
) {
  const own = await personalTeamOf(accounts, userId);
  return own.id === teamId ? signUps.withheldCredit(userId) : undefined;
}

export function presentMove(move: StatementMove): StatementRow {
  return {
    id: String(move.sequence),
    atMs: move.atMs,
    kind: kindOf(move),
    amountTicks: String(move.availableTicks),
    chargedTicks: move.revenueTicks > 0n ? String(move.revenueTicks - move.uncollectedTicks) : null,
    balanceAfterTicks: move.balanceAfterTicks === null ? null : String(move.balanceAfterTicks),
    requestId: move.requestId,
    model: move.model,
    memo: move.memo === '' ? null : move.memo,
  };
}

function kindOf({ command, revenueTicks }: StatementMove): StatementRow['kind'] {
  if (command === 'grant') return 'grant';
  if (command === 'withdraw') return 'withdrawal';
  if (command === 'hold' || command === 'extend') return 'hold';
  return revenueTicks > 0n ? 'charge' : 'release';
}
