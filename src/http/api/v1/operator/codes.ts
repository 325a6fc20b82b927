import { createCodes } from '../../../../console/credit-codes.ts';
import { isRefusal } from '../../../../domain/refusal.ts';
import type { CodeRow } from '../../../../storage/code-store.ts';
import type { PersonName } from '../../../../storage/directory-store.ts';
import { type ApiPorts, actingAs } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { operator } from '../../guards.ts';
import { problem } from '../../problem.ts';
import { type Code, CodePage, CodeUses, MadeCodes, NewCodes } from '../../wire/operator-codes.ts';
import { PageQuery } from '../../wire/paging.ts';
import { Done } from '../../wire/scalars.ts';

type CodePorts = Pick<ApiPorts, 'codes' | 'clock' | 'random' | 'sha256' | 'directory'>;

/** `/operator/codes`: codes that give credit. */
export function operatorCodeRoutes(ports: CodePorts): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/operator/codes',
      summary: 'Codes that give credit, youngest first.',
      guards: [operator],
      query: PageQuery,
      output: CodePage,
      async handle({ query }) {
        const page = await ports.codes.list(query);
        const makers = await ports.directory.peopleNamed(page.rows.map(({ createdBy }) => createdBy));
        return {
          rows: page.rows.map((row) => presentCode(row, makers)),
          nextCursor: page.nextCursor ?? null,
        };
      },
    }),
    route({
      method: 'POST',
      path: '/operator/codes',
      summary: 'Makes codes. Their texts are in this answer and never shown again.',
      guards: [operator],
      action: 'code.create',
      body: NewCodes,
      output: MadeCodes,
      status: 201,
      async handle(call) {
        const amountTicks = BigInt(call.body.amountTicks);
        const made = await createCodes(actingAs(ports, call), { ...call.body, amountTicks });
        if (isRefusal(made)) return made;
        const makers = await ports.directory.peopleNamed([call.signedIn.userId]);
        return { rows: made.map(({ row, text }) => ({ ...presentCode(row, makers), code: text })) };
      },
    }),
    route({
      method: 'GET',
      path: '/operator/codes/:codeId/uses',
      summary: 'Which teams redeemed a code, and who did it for them, youngest first.',
      guards: [operator],
      output: CodeUses,
      async handle({ parameters: { codeId = '' } }) {
        const uses = await ports.codes.usesOf(codeId);
        const [teams, people] = await Promise.all([
          ports.directory.teamsNamed(uses.map(({ organizationId }) => organizationId)),
          ports.directory.peopleNamed(uses.map(({ userId }) => userId)),
        ]);
        return {
          rows: uses.map(({ organizationId, userId, atMs }) => ({
            team: { id: organizationId, name: teams.find(({ id }) => id === organizationId)?.name ?? null },
            person: { userId, name: people.find(({ id }) => id === userId)?.name ?? null },
            atMs,
          })),
        };
      },
    }),
    route({
      method: 'DELETE',
      path: '/operator/codes/:codeId',
      summary: 'Takes a code back; what was redeemed stays.',
      guards: [operator],
      action: 'code.end',
      output: Done,
      handle: async ({ parameters: { codeId = '' } }) =>
        (await ports.codes.end(codeId, ports.clock.nowMs())) ? { done: true as const } : problem('not-found'),
    }),
  ];
}

function presentCode(row: CodeRow, makers: readonly PersonName[]): Code {
  return {
    id: row.id,
    redacted: row.redacted,
    amountTicks: String(row.amountTicks),
    uses: { most: row.mostUses, done: row.uses },
    memo: row.memo,
    expiresAtMs: row.expiresAtMs,
    endedAtMs: row.endedAtMs,
    createdAtMs: row.createdAtMs,
    createdBy: makers.find(({ id }) => id === row.createdBy)?.name ?? row.createdBy,
  };
}
