import { isRefusal } from '../../../domain/refusal.ts';
import { acceptTeamInvitation, invitationsOf } from '../../../identity/registration/team-invitations.ts';
import { hasMail } from '../../../ports/mailer.ts';
import type { ApiPorts } from '../api-ports.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { signedIn } from '../guards.ts';
import { problem } from '../problem.ts';
import { OwnTeam } from '../wire/me.ts';
import { Done } from '../wire/scalars.ts';

type InvitationPorts = Pick<
  ApiPorts,
  'accounts' | 'auth' | 'signUps' | 'clock' | 'random' | 'changed' | 'mail'
>;

/** `/me/invitations`: what the person answers to those who ask them into a team; `/me` has the questions. */
export function myInvitationRoutes(ports: InvitationPorts): readonly ApiRoute[] {
  const asking = { ...ports, hasMail: hasMail(ports) };
  return [
    route({
      method: 'POST',
      path: '/me/invitations/:invitationId',
      summary: 'Accepts an invitation: the person is a member from now on.',
      guards: [signedIn],
      action: 'invitation.accept',
      output: OwnTeam,
      async handle(call) {
        const joined = await acceptTeamInvitation(asking, call.signedIn, call.parameters.invitationId ?? '');
        if (isRefusal(joined)) return joined;
        const { id, name, slug, personal, blocked } = joined.team;
        call.note({ subject: slug, organizationId: id });
        return { id, name, slug, personal, blocked, role: joined.role };
      },
    }),
    route({
      method: 'DELETE',
      path: '/me/invitations/:invitationId',
      summary: 'Declines an invitation.',
      guards: [signedIn],
      action: 'invitation.decline',
      output: Done,
      async handle(call) {
        const { signedIn: person, parameters } = call;
        const invitation = (await invitationsOf(asking, person)).find(
          ({ id }) => id === parameters.invitationId,
        );
        if (invitation === undefined) return problem('not-found');
        const { email } = person;
        if (!(await ports.signUps.endTeamInvitation(invitation.id, { email }, ports.clock.nowMs())))
          return problem('not-found');
        call.note({ subject: email, organizationId: invitation.team.organizationId });
        return { done: true as const };
      },
    }),
  ];
}
