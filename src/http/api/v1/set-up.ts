import { isRefusal } from '../../../domain/refusal.ts';
import { isSetUpOpen, isSetUpToken, setUpInstallation } from '../../../identity/set-up-installation.ts';
import type { ApiPorts } from '../api-ports.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { brakeCallers } from '../brake-callers.ts';
import { anyone } from '../guards.ts';
import { FirstPerson, FirstPersonMade, SetUpState } from '../wire/set-up.ts';

type SetUpPorts = Pick<
  ApiPorts,
  | 'auth'
  | 'accounts'
  | 'keys'
  | 'ledger'
  | 'settings'
  | 'passwords'
  | 'sha256'
  | 'random'
  | 'clock'
  | 'changed'
  | 'signInAs'
>;

/** Carries the token of a set-up link: what stands in an address is written down on its way. */
const TOKEN_HEADER = 'x-turnpike-set-up-token';

/** `/set-up`: the first person of a new installation, who comes with the link that the terminal shows. */
export function setUpRoutes(ports: SetUpPorts): readonly ApiRoute[] {
  const braked = brakeCallers(ports.clock);
  return [
    route({
      method: 'GET',
      path: '/set-up',
      summary: `Whether this installation has to be set up, and whether the token in ${TOKEN_HEADER} would do it.`,
      guards: [anyone],
      output: SetUpState,
      async handle(call) {
        const isOpen = await isSetUpOpen(ports);
        const token = call.request.headers.get(TOKEN_HEADER);
        if (!isOpen || token === null) return { isOpen, isTokenGood: false };
        const succeeded = braked(call);
        if (typeof succeeded !== 'function') return succeeded;
        const isTokenGood = await isSetUpToken(ports, token);
        if (isTokenGood) succeeded();
        return { isOpen, isTokenGood };
      },
    }),
    route({
      method: 'POST',
      path: '/set-up',
      summary: 'Makes whoever has the link the owner of this installation, and signs them in.',
      guards: [anyone],
      action: 'installation.set-up',
      body: FirstPerson,
      output: FirstPersonMade,
      async handle(call) {
        const succeeded = braked(call);
        if (typeof succeeded !== 'function') return succeeded;
        const made = await setUpInstallation(ports, call.body);
        // A field that has to be mended is no guess.
        if (!isRefusal(made) || made.code !== 'set-up-link-over') succeeded();
        if (isRefusal(made)) return made;
        const { userId, email } = made;
        call.note({ actor: userId, subject: email });
        const cookies = await ports.signInAs({ email, password: call.body.password }, call);
        for (const cookie of cookies) call.setCookie(cookie);
        return { email, isSignedIn: cookies.length > 0 };
      },
    }),
  ];
}
