import { isRefusal, refuse } from '../../../domain/refusal.ts';
import { type ConfirmingPorts, confirmPerson } from '../../../identity/sign-in/confirm-person.ts';
import { addPasskey, beginPasskey } from '../../../identity/sign-in/passkeys/add-passkey.ts';
import {
  findPasskey,
  isLastWayIn,
  removePasskey,
  renamePasskey,
} from '../../../identity/sign-in/passkeys/change-passkey.ts';
import { layOutLetter, lettersIn } from '../../../language/letters.ts';
import type { ApiPorts } from '../api-ports.ts';
import { type ApiCall, type ApiRoute, route } from '../api-route.ts';
import { type BrakeCallers, brakeCallers } from '../brake-callers.ts';
import { signedIn } from '../guards.ts';
import { type Problem, problem } from '../problem.ts';
import { MadePasskey, OwnPasskey, PasskeyEdit, PasskeyOptions, PersonProof } from '../wire/passkeys.ts';
import { Done } from '../wire/scalars.ts';

type PasskeyPorts = Pick<
  ApiPorts,
  'auth' | 'passwords' | 'clock' | 'random' | 'sha256' | 'ownUrl' | 'mail' | 'changed'
>;

/** `/me/passkeys`: what the person who is signed in may sign in with. Signing in with one is at `/api/auth`. */
export function passkeyRoutes(ports: PasskeyPorts): readonly ApiRoute[] {
  const braked = brakeCallers(ports.clock);
  const hasMail = ports.mail?.mailer.kind === 'server';
  return [
    route({
      method: 'POST',
      path: '/me/passkeys/options',
      summary: 'What a browser needs to make a passkey for the person, who shows once more who they are.',
      guards: [signedIn],
      body: PersonProof,
      output: PasskeyOptions,
      async handle(call) {
        const doubt = await doubtOf(ports, braked, call, call.body.password);
        return doubt ?? beginPasskey(ports, call.signedIn);
      },
    }),
    route({
      method: 'POST',
      path: '/me/passkeys',
      summary: 'Keeps a passkey that was made with such options in this session.',
      guards: [signedIn],
      body: MadePasskey,
      output: OwnPasskey,
      action: 'passkey.add',
      status: 201,
      async handle(call) {
        const added = await addPasskey(ports, call.signedIn, call.body.name, call.body.credential);
        if (isRefusal(added)) return added;
        call.note({ subject: added.name });
        if (ports.mail !== undefined) {
          const letter = lettersIn(call.language).passkeyWasAdded(ports.mail.host);
          ports.mail.mailer.post({ to: call.signedIn.email, ...layOutLetter(letter, call.language) });
        }
        return added;
      },
    }),
    route({
      method: 'PATCH',
      path: '/me/passkeys/:passkeyId',
      summary: 'Renames a passkey of the person.',
      guards: [signedIn],
      body: PasskeyEdit,
      output: OwnPasskey,
      action: 'passkey.rename',
      async handle({ signedIn: { userId }, parameters: { passkeyId = '' }, body, note }) {
        const found = await findPasskey(ports, userId, passkeyId);
        if (isRefusal(found)) return found;
        note({ subject: found.name, before: { name: found.name } });
        return renamePasskey(ports, userId, passkeyId, body.name);
      },
    }),
    route({
      method: 'POST',
      path: '/me/passkeys/:passkeyId/remove',
      summary: 'Removes a passkey of the person, who shows once more who they are; never their last way in.',
      guards: [signedIn],
      body: PersonProof,
      output: Done,
      action: 'passkey.remove',
      async handle(call) {
        const { userId } = call.signedIn;
        const found = await findPasskey(ports, userId, call.parameters.passkeyId ?? '');
        if (isRefusal(found)) return found;
        const doubt = await doubtOf(ports, braked, call, call.body.password);
        if (doubt !== undefined) return doubt;
        if (await isLastWayIn({ ...ports, hasMail }, userId, found)) return refuse('last-way-in');
        const removed = await removePasskey(ports, userId, found.id);
        if (isRefusal(removed)) return removed;
        call.note({ subject: removed.name });
        return { done: true as const };
      },
    }),
  ];
}

/** Why this may be somebody else than who signed in; guesses at the password are braked. */
async function doubtOf(
  ports: ConfirmingPorts,
  braked: BrakeCallers,
  call: Pick<ApiCall, 'signedIn' | 'clientAddress'>,
  password: string | undefined,
) {
  const succeeded = braked(call);
  if (typeof succeeded !== 'function') return succeeded satisfies Problem;
  const outcome = await confirmPerson(ports, call.signedIn, password);
  if (outcome === 'wrong-password') return refuse('wrong-password');
  succeeded();
  return outcome === 'sign-in-again' ? problem('sign-in-again') : undefined;
}
