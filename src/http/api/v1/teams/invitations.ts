import { preferencesOf } from '../../../../console/preferences.ts';
import { isRefusal } from '../../../../domain/refusal.ts';
import { invitationLink } from '../../../../identity/registration/invitations.ts';
import { mailboxOf } from '../../../../identity/registration/mailbox.ts';
import { readRegistration } from '../../../../identity/registration/registration-settings.ts';
import {
  type InvitedIntoTeam,
  inviteIntoTeam,
  MOST_OPEN_INVITATIONS,
  TEAM_INVITATION_DAYS,
} from '../../../../identity/registration/team-invitations.ts';
import { AttemptBrake, type BrakeLimits } from '../../../../identity/sign-in/attempt-brake.ts';
import { layOutLetter, lettersIn } from '../../../../language/letters.ts';
import { hasMail } from '../../../../ports/mailer.ts';
import type { TeamInvitationRow } from '../../../../storage/sign-up-store.ts';
import { type ApiPorts, actingAs } from '../../api-ports.ts';
import { type ApiCall, type ApiRoute, route } from '../../api-route.ts';
import { memberOf } from '../../guards.ts';
import { problem } from '../../problem.ts';
import { Done } from '../../wire/scalars.ts';
import { NewTeamInvitation, TeamInvitation, TeamInvitations } from '../../wire/team.ts';

type InvitationPorts = Pick<
  ApiPorts,
  'accounts' | 'auth' | 'settings' | 'signUps' | 'clock' | 'random' | 'sha256' | 'changed' | 'mail' | 'ownUrl'
>;

const managers = memberOf('owner', 'administrator');

const HOUR_MS = 3_600_000;
/** Nobody's mailbox is filled from here, whatever they made teams for. */
const LETTERS_TO: BrakeLimits = { mostFailures: 3, windowMs: HOUR_MS, mostRemembered: 10_000 };
const LETTERS_BY: BrakeLimits = { mostFailures: 40, windowMs: HOUR_MS, mostRemembered: 10_000 };

/** `/teams/:teamId/invitations`: people are asked before they are in a team. */
export function teamInvitationRoutes(ports: InvitationPorts): readonly ApiRoute[] {
  const lettersTo = new AttemptBrake(ports.clock, LETTERS_TO);
  const lettersBy = new AttemptBrake(ports.clock, LETTERS_BY);

  /** In the language of who reads it; of who invites, where nobody knows better. */
  async function write({ row, reader }: InvitedIntoTeam, call: ApiCall): Promise<void> {
    if (ports.mail === undefined || reader === undefined) return;
    const { host, mailer } = ports.mail;
    const chosen = reader.kind === 'person' ? (await preferencesOf(ports, reader.userId)).language : null;
    const language = chosen ?? call.language;
    const letters = lettersIn(language);
    const by = call.signedIn.email;
    const letter =
      reader.kind === 'person'
        ? letters.teamInvitation(host, by, `${ports.ownUrl()}/console`, TEAM_INVITATION_DAYS)
        : letters.teamInvitationToNewcomer(
            host,
            by,
            invitationLink(ports.ownUrl(), reader.token),
            TEAM_INVITATION_DAYS,
          );
    mailer.post({ to: row.email, ...layOutLetter(letter, language) });
  }

  return [
    route({
      method: 'GET',
      path: '/teams/:teamId/invitations',
      summary: 'Invitations that nobody has answered yet.',
      guards: [managers],
      output: TeamInvitations,
      async handle({ team }) {
        const rows = await ports.signUps.openTeamInvitations(
          { organizationId: team.id },
          ports.clock.nowMs(),
        );
        const { mode } = await readRegistration(ports.settings);
        return {
          rows: rows.map(present),
          most: MOST_OPEN_INVITATIONS,
          hasMail: hasMail(ports),
          takesNewcomers: mode === 'open' && hasMail(ports),
        };
      },
    }),
    route({
      method: 'POST',
      path: '/teams/:teamId/invitations',
      summary:
        'Invites an address, by letter and after they sign in; one that is open already is replaced. Only an owner invites owners. The answer tells nobody who has an account.',
      guards: [managers],
      action: 'invitation.create',
      body: NewTeamInvitation,
      output: TeamInvitation,
      status: 201,
      async handle(call) {
        const { email, role } = call.body;
        if (call.team.role !== 'owner' && role === 'owner') return problem('not-allowed');
        for (const { waitMs } of [lettersBy.begin(call.signedIn.userId), lettersTo.begin(mailboxOf(email))])
          if (waitMs > 0) return problem('too-many-attempts', { waitMs });
        const inviting = { ...actingAs(ports, call), hasMail: hasMail(ports) };
        const invited = await inviteIntoTeam(inviting, call.team.id, call.body);
        if (isRefusal(invited)) return invited;
        call.note({ subject: invited.row.email });
        await write(invited, call);
        return present(invited.row);
      },
    }),
    route({
      method: 'DELETE',
      path: '/teams/:teamId/invitations/:invitationId',
      summary: 'Takes back an invitation that nobody has answered.',
      guards: [managers],
      action: 'invitation.end',
      output: Done,
      handle: async ({ team, parameters: { invitationId = '' } }) =>
        (await ports.signUps.endTeamInvitation(
          invitationId,
          { organizationId: team.id },
          ports.clock.nowMs(),
        ))
          ? { done: true as const }
          : problem('not-found'),
    }),
  ];
}

function present({ id, email, team, createdAtMs, expiresAtMs }: TeamInvitationRow): TeamInvitation {
  return { id, email, role: team.role, createdAtMs, expiresAtMs };
}
