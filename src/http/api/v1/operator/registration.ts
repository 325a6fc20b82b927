import { isRefusal } from '../../../../domain/refusal.ts';
import { dayOf } from '../../../../identity/registration/accept-invitation.ts';
import { makeInvitation, seeInvitation } from '../../../../identity/registration/invitations.ts';
import {
  mostPerDay,
  REGISTRATION_SETTINGS,
  readRegistration,
} from '../../../../identity/registration/registration-settings.ts';
import { hasMail } from '../../../../ports/mailer.ts';
import type { InvitationRow } from '../../../../storage/sign-up-store.ts';
import { type ApiPorts, actingAs } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { operator } from '../../guards.ts';
import { problem } from '../../problem.ts';
import {
  type Invitation,
  InvitationPage,
  MadeInvitation,
  NewInvitation,
  Registration,
} from '../../wire/operator-registration.ts';
import { PageQuery } from '../../wire/paging.ts';
import { Done } from '../../wire/scalars.ts';

type RegistrationPorts = Pick<
  ApiPorts,
  | 'accounts'
  | 'settings'
  | 'signUps'
  | 'clock'
  | 'random'
  | 'sha256'
  | 'changed'
  | 'mail'
  | 'ownUrl'
  | 'fixedSettings'
>;

/** `/operator/registration` and `/operator/invitations`: who may make themselves an account. */
export function registrationRoutes(ports: RegistrationPorts): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/operator/registration',
      summary: 'Who may make themselves an account, and what that can cost; /operator/settings changes it.',
      guards: [operator],
      output: Registration,
      async handle() {
        const registration = await readRegistration(ports.settings);
        const givenToday = await ports.signUps.givenOn(dayOf(ports.clock.nowMs()));
        return {
          mode: registration.mode,
          domains: [...registration.domains],
          signUpCreditTicks: String(registration.signUpCreditTicks),
          dailyFreeCreditTicks: String(registration.dailyFreeCreditTicks),
          mostPerDayTicks: String(mostPerDay(registration)),
          givenTodayTicks: String(givenToday),
          hasMail: hasMail(ports),
          fixed: Object.entries(REGISTRATION_SETTINGS)
            .filter(([, { storedAs }]) => ports.fixedSettings.has(storedAs))
            .map(([setting, { environmentName }]) => ({ setting, environmentName })),
        };
      },
    }),
    route({
      method: 'GET',
      path: '/operator/invitations',
      summary: 'Invitations that operators made, youngest first.',
      guards: [operator],
      query: PageQuery,
      output: InvitationPage,
      async handle({ query }) {
        const page = await ports.signUps.listInvitations(query);
        const rows = await Promise.all(page.rows.map((row) => present(ports, row)));
        return { rows, nextCursor: page.nextCursor ?? null };
      },
    }),
    route({
      method: 'POST',
      path: '/operator/invitations',
      summary:
        'Makes an invitation, and sends it by letter if asked. Its token is in this answer and never shown again.',
      guards: [operator],
      action: 'invitation.create',
      body: NewInvitation,
      output: MadeInvitation,
      status: 201,
      async handle(call) {
        const made = await makeInvitation(actingAs(ports, call), call.body);
        if (isRefusal(made)) return made;
        call.note({ subject: made.row.email ?? made.row.id });
        return { ...(await present(ports, made.row)), token: made.token, letter: made.letter };
      },
    }),
    route({
      method: 'DELETE',
      path: '/operator/invitations/:invitationId',
      summary: 'Takes back an invitation that nobody has used.',
      guards: [operator],
      action: 'invitation.end',
      output: Done,
      handle: async ({ parameters: { invitationId = '' } }) =>
        (await ports.signUps.endInvitation(invitationId, ports.clock.nowMs()))
          ? { done: true as const }
          : problem('not-found'),
    }),
  ];
}

async function present(
  ports: Pick<RegistrationPorts, 'accounts' | 'clock'>,
  row: InvitationRow,
): Promise<Invitation> {
  const { state, team, usedBy } = await seeInvitation(ports, row);
  return {
    id: row.id,
    state,
    email: row.email,
    team: team && row.team ? { id: team.id, name: team.name, slug: team.slug, role: row.team.role } : null,
    createdAtMs: row.createdAtMs,
    expiresAtMs: row.expiresAtMs,
    usedBy: usedBy && { id: usedBy.id, name: usedBy.name, email: usedBy.email },
  };
}
