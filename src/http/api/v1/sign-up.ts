import { isRefusal, refuse } from '../../../domain/refusal.ts';
import { acceptInvitation, findOpenInvitation } from '../../../identity/registration/accept-invitation.ts';
import { invitationLink, requestInvitation } from '../../../identity/registration/invitations.ts';
import { mailboxOf } from '../../../identity/registration/mailbox.ts';
import { readRegistration } from '../../../identity/registration/registration-settings.ts';
import { AttemptBrake, type BrakeLimits } from '../../../identity/sign-in/attempt-brake.ts';
import { layOutLetter, lettersIn } from '../../../language/letters.ts';
import { hasMail } from '../../../ports/mailer.ts';
import type { InvitationRow } from '../../../storage/sign-up-store.ts';
import { type ApiPorts, actingAs } from '../api-ports.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { brakeCallers } from '../brake-callers.ts';
import { anyone } from '../guards.ts';
import { problem } from '../problem.ts';
import { Done } from '../wire/scalars.ts';
import { InvitationRequest, SignedUp, SignUpForm, SignUpState } from '../wire/sign-up.ts';

type SignUpPorts = Pick<
  ApiPorts,
  | 'accounts'
  | 'ledger'
  | 'settings'
  | 'signUps'
  | 'passwords'
  | 'sha256'
  | 'random'
  | 'clock'
  | 'changed'
  | 'signInAs'
  | 'mail'
  | 'ownUrl'
>;

/** Carries the token of an invitation: what stands in an address is written down on its way. */
const TOKEN_HEADER = 'x-turnpike-invitation-token';

const HOUR_MS = 3_600_000;
/** An office shares an address. */
const LETTERS_FROM: BrakeLimits = { mostFailures: 20, windowMs: HOUR_MS, mostRemembered: 10_000 };
/** Nobody's mailbox is filled from here. */
const LETTERS_TO: BrakeLimits = { mostFailures: 3, windowMs: HOUR_MS, mostRemembered: 10_000 };

/** `/sign-up`: how people make themselves an account, by an invitation or by showing that an address is theirs. */
export function signUpRoutes(ports: SignUpPorts): readonly ApiRoute[] {
  const braked = brakeCallers(ports.clock);
  const lettersFrom = brakeCallers(ports.clock, LETTERS_FROM);
  const lettersTo = new AttemptBrake(ports.clock, LETTERS_TO);
  const hasLetters = hasMail(ports);

  async function present(invitation: InvitationRow | undefined): Promise<SignUpState> {
    const registration = await readRegistration(ports.settings);
    const team = invitation?.team && (await ports.accounts.findOrganization(invitation.team.organizationId));
    return {
      // Without letters nobody can show whose an address is.
      registration: registration.mode === 'open' && !hasLetters ? 'invite-only' : registration.mode,
      domains: [...registration.domains],
      signUpCreditTicks: String(registration.signUpCreditTicks),
      invitation:
        invitation === undefined
          ? null
          : { email: invitation.email, team: team?.name ?? null, expiresAtMs: invitation.expiresAtMs },
    };
  }

  return [
    route({
      method: 'GET',
      path: '/sign-up',
      summary: `Who may make themselves an account, and what the invitation in ${TOKEN_HEADER} is for.`,
      guards: [anyone],
      output: SignUpState,
      async handle(call) {
        const token = call.request.headers.get(TOKEN_HEADER);
        if (token === null) return present(undefined);
        const succeeded = braked(call);
        if (typeof succeeded !== 'function') return succeeded;
        const invitation = await findOpenInvitation(ports, token);
        if (isRefusal(invitation)) return present(undefined);
        succeeded();
        return present(invitation);
      },
    }),
    route({
      method: 'POST',
      path: '/sign-up/request',
      summary: 'Sends a link to an address, where registration is open. The answer tells nobody who is here.',
      guards: [anyone],
      body: InvitationRequest,
      output: Done,
      async handle(call) {
        const begun = lettersFrom(call);
        if (typeof begun !== 'function') return begun;
        const { waitMs } = lettersTo.begin(mailboxOf(call.body.email));
        if (waitMs > 0) return problem('too-many-attempts', { waitMs });
        const { mail } = ports;
        const requested = await requestInvitation(
          { ...actingAs(ports, call), hasMail: hasLetters },
          call.body.email,
        );
        if (isRefusal(requested)) return requested;
        if (mail === undefined) return refuse('registration-closed');
        const letters = lettersIn(call.language);
        // The address of a letter is never what a request calls this server.
        const letter =
          requested.kind === 'sign-up'
            ? letters.signUp(mail.host, invitationLink(ports.ownUrl(), requested.token), requested.minutes)
            : letters.signUpKnown(mail.host, `${ports.ownUrl()}/sign-in`);
        mail.mailer.post({ to: requested.email, ...layOutLetter(letter, call.language) });
        return { done: true as const };
      },
    }),
    route({
      method: 'POST',
      path: '/sign-up',
      summary: 'Makes the person of an invitation, and signs them in.',
      guards: [anyone],
      action: 'person.sign-up',
      body: SignUpForm,
      output: SignedUp,
      async handle(call) {
        const succeeded = braked(call);
        if (typeof succeeded !== 'function') return succeeded;
        const made = await acceptInvitation(actingAs(ports, call), call.body);
        // A field that has to be mended is no guess.
        if (!isRefusal(made) || made.code !== 'invitation-over') succeeded();
        if (isRefusal(made)) return made;
        const { user, creditTicks } = made;
        call.note({ actor: user.id, subject: user.email });
        const credentials = { email: user.email, password: call.body.password };
        const cookies = await ports.signInAs(credentials, call);
        for (const cookie of cookies) call.setCookie(cookie);
        return { email: user.email, creditTicks: String(creditTicks), isSignedIn: cookies.length > 0 };
      },
    }),
  ];
}
