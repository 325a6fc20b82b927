import { preferencesOf } from '../../../../console/preferences.ts';
import { isRefusal, type Refusal } from '../../../../domain/refusal.ts';
import { dropSecondFactor } from '../../../../identity/sign-in/drop-second-factor.ts';
import {
  giveNewPassword,
  signOutEverywhere,
  whyNotChangeSignIn,
  whyNotSignOut,
} from '../../../../identity/sign-in/look-after-sign-in.ts';
import { removePasskey } from '../../../../identity/sign-in/passkeys/change-passkey.ts';
import { passkeyRowsOf, presentPasskey } from '../../../../identity/sign-in/passkeys/passkey-rows.ts';
import { openSessionsOf } from '../../../../identity/sign-in/sessions.ts';
import { hasPassword } from '../../../../identity/sign-in/set-password.ts';
import { type Letter, type Letters, layOutLetter, lettersIn } from '../../../../language/letters.ts';
import { hasMail, type Mail } from '../../../../ports/mailer.ts';
import type { UserRow } from '../../../../storage/account-store.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiCall, type ApiRoute, route } from '../../api-route.ts';
import { operator } from '../../guards.ts';
import { type Problem, problem } from '../../problem.ts';
import { NewPassword, PersonSignIn, SessionsEnded } from '../../wire/person-sign-in.ts';
import { Done } from '../../wire/scalars.ts';

type PersonSignInPorts = Pick<
  ApiPorts,
  'accounts' | 'auth' | 'passwords' | 'settings' | 'clock' | 'random' | 'changed' | 'mail' | 'signInProviders'
>;

/** `/operator/people/:personId/…`: how a person signs in, for when they cannot, or somebody else does. */
export function personSignInRoutes(ports: PersonSignInPorts): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/operator/people/:personId/sign-in',
      summary: 'How a person signs in, and how often they are signed in.',
      guards: [operator],
      output: PersonSignIn,
      async handle({ parameters }) {
        const person = await findPerson(ports, parameters.personId);
        return person === undefined ? problem('not-found') : present(ports, person);
      },
    }),
    route({
      method: 'DELETE',
      path: '/operator/people/:personId/sessions',
      summary: 'Signs a person out everywhere; their keys stay.',
      guards: [operator],
      action: 'person.sign-out',
      output: SessionsEnded,
      handle: (call) =>
        changing(ports, call, whyNotSignOut, async ({ id }) => ({
          ended: await signOutEverywhere(ports, id),
        })),
    }),
    route({
      method: 'POST',
      path: '/operator/people/:personId/password',
      summary: 'Makes a new password for a person, which ends their sessions. It is in this answer only.',
      guards: [operator],
      action: 'person.password',
      output: NewPassword,
      handle: (call) =>
        changing(ports, call, whyNotChangeSignIn, async (person) => {
          const tell = await lettersTo(ports, call, person);
          const password = await giveNewPassword(ports, person.id);
          if (isRefusal(password)) return password;
          tell((letters, host) => letters.operatorSetPassword(host));
          return { password };
        }),
    }),
    route({
      method: 'DELETE',
      path: '/operator/people/:personId/second-factor',
      summary: 'Turns the second factor of a person off, who lost both the phone and the recovery codes.',
      guards: [operator],
      action: 'person.second-factor-off',
      output: Done,
      handle: (call) =>
        changing(ports, call, whyNotChangeSignIn, async (person) => {
          const tell = await lettersTo(ports, call, person);
          await dropSecondFactor(ports, person.id);
          tell((letters, host) => letters.operatorTurnedSecondFactorOff(host));
          return { done: true as const };
        }),
    }),
    route({
      method: 'DELETE',
      path: '/operator/people/:personId/passkeys/:passkeyId',
      summary: 'Removes a passkey of a person, whose device was lost or stolen; also their last way in.',
      guards: [operator],
      action: 'person.passkey-remove',
      output: Done,
      handle: (call) =>
        changing(ports, call, whyNotChangeSignIn, async (person) => {
          const tell = await lettersTo(ports, call, person);
          const removed = await removePasskey(ports, person.id, call.parameters.passkeyId ?? '');
          if (isRefusal(removed)) return removed;
          call.note({ subject: `${person.email} (${removed.name})` });
          tell((letters, host) => letters.operatorRemovedPasskey(host));
          return { done: true as const };
        }),
    }),
  ];
}

/** Carries out a change of a person's sign-in where the operator may make it. */
async function changing<Output>(
  ports: PersonSignInPorts,
  { signedIn, parameters, note }: ApiCall,
  whyNot: (operatorId: string, person: UserRow) => Refusal | undefined,
  carryOut: (person: UserRow) => Promise<Output>,
): Promise<Output | Refusal | Problem> {
  const person = await findPerson(ports, parameters.personId);
  if (person === undefined) return problem('not-found');
  const refusal = whyNot(signedIn.userId, person);
  if (refusal !== undefined) return refusal;
  note({ subject: person.email });
  return carryOut(person);
}

/** By their id: an address would be taken by the store as well, and is nobody's name in a path. */
async function findPerson({ accounts }: PersonSignInPorts, id = ''): Promise<UserRow | undefined> {
  const user = await accounts.findUser(id);
  return user?.id === id ? user : undefined;
}

/** Posts letters to a person. What they need is read first: once the change is made, nothing may fail any more. */
async function lettersTo(ports: PersonSignInPorts, call: ApiCall, { id, email }: UserRow) {
  const language = (await preferencesOf(ports, id)).language ?? call.language;
  return (write: (letters: Letters, host: string) => Letter): void => {
    if (ports.mail === undefined) return;
    const { mailer, host } = ports.mail;
    const letter = layOutLetter(write(lettersIn(language), host), language);
    mailer.post({ to: email, ...letter } satisfies Mail);
  };
}

async function present(ports: PersonSignInPorts, { id }: UserRow): Promise<PersonSignIn> {
  const of = (field: 'id' | 'userId') => ({ all: [{ field, operator: 'eq', value: id }] as const, any: [] });
  const [[user], isWithPassword, accounts, passkeys, sessions] = await Promise.all([
    ports.auth.find('user', { ...of('id'), limit: 1 }),
    hasPassword(ports, id),
    ports.auth.find('account', { ...of('userId'), limit: MOST_PROVIDERS }),
    passkeyRowsOf(ports.auth, id),
    openSessionsOf(ports, id),
  ]);
  const linked = accounts.map(({ providerId }) => String(providerId)).filter((name) => name !== 'credential');
  // One that is not set up any more has no other name than its id.
  const nameOf = (id: string) => ports.signInProviders.find((provider) => provider.id === id)?.name ?? id;
  return {
    hasPassword: isWithPassword,
    isTwoFactorOn: user?.twoFactorEnabled === 1,
    providers: linked.map(nameOf),
    passkeys: passkeys.map(presentPasskey),
    sessions,
    hasMail: hasMail(ports),
  };
}

/** More than there are kinds of them. */
const MOST_PROVIDERS = 20;
