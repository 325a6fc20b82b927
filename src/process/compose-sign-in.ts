import { preferencesOf } from '../console/preferences.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { ApiPorts } from '../http/api/api-ports.ts';
import type { SignInWays } from '../http/api/wire/sign-in-ways.ts';
import { addressText } from '../http/client-network.ts';
import type { Subtree } from '../http/server.ts';
import { signInSubtree } from '../http/sign-in/sign-in-subtree.ts';
import { createUser } from '../identity/create-user.ts';
import type { ReadSession } from '../identity/session.ts';
import { CLIENT_ADDRESS_HEADER } from '../identity/sign-in/client-address-header.ts';
import type { SignIn } from '../identity/sign-in/open-sign-in.ts';
import { relyingParty } from '../identity/sign-in/passkeys/relying-party.ts';
import type { ProviderSettings } from '../identity/sign-in/providers.ts';
import { errorFact } from '../ports/error-fact.ts';
import type { Log } from '../ports/log.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { Storage } from '../storage/storage.ts';
import type { CommandContext } from './commands/command-context.ts';
import { systemClock } from './system-clock.ts';

export interface SignInFoundations {
  readonly storage: Pick<Storage, 'auth'>;
  readonly context: CommandContext;
  readonly log: Log;
  readonly mailer: Mailer;
  readonly secret: string;
  readonly isOpen: boolean;
  readonly providers: ProviderSettings;
  /** Where people reach the server, when that is not where it listens. */
  readonly publicUrl: string | undefined;
  readonly listeningUrl: () => string;
}

/** Builds sign-in. better-auth is loaded by the first who comes with a session or asks for one. */
export function composeSignIn({
  storage,
  context,
  log,
  mailer,
  secret,
  isOpen,
  providers,
  publicUrl,
  listeningUrl,
}: SignInFoundations): {
  readonly subtree: Subtree;
  readonly readSession: ReadSession;
  readonly signInAs: ApiPorts['signInAs'];
} {
  const ownUrl = () => publicUrl ?? listeningUrl();
  let opening: Promise<SignIn> | undefined;
  const signIn = () => {
    opening ??= open();
    return opening;
  };
  async function open(): Promise<SignIn> {
    const { openSignIn } = await import('../identity/sign-in/open-sign-in.ts');
    return openSignIn({
      ...{ auth: storage.auth, accounts: context.accounts, passwords: context.passwords },
      ...{ clock: context.clock, random: context.random, sha256: context.sha256, changed: context.changed },
      activity: context.activity,
      mailer,
      languageOf: async (userId) => (await preferencesOf(context, userId)).language ?? undefined,
      secret,
      isOpen,
      providers,
      baseUrl: ownUrl(),
      onFailure: (error) => log.error('sign-in-failed', { error: errorFact(error) }),
      async createPerson(person) {
        const made = await createUser(context, { ...person, role: 'user' });
        if (isRefusal(made)) throw new Error(`the person was refused: ${made.code}`);
        return made.user.id;
      },
    });
  }
  return {
    subtree: signInSubtree({
      signIn,
      ways: () => ({
        mail: mailer.kind,
        providers: shownProviders(providers),
        passkeyOrigin: relyingParty(ownUrl())?.origin ?? null,
      }),
      providers: shownProviders(providers).map(({ id }) => id),
      clock: systemClock,
      clientAddressHeader: CLIENT_ADDRESS_HEADER,
      ownOrigins: publicUrl === undefined ? [] : [publicUrl],
    }),
    readSession: async (headers) =>
      headers.get('cookie')?.includes('turnpike.') === true
        ? (await signIn()).readSession(headers)
        : undefined,
    async signInAs(credentials, { request, clientAddress }) {
      const { handle } = await signIn();
      const headers = new Headers({ 'content-type': 'application/json' });
      const agent = request.headers.get('user-agent');
      if (agent !== null) headers.set('user-agent', agent);
      headers.set(CLIENT_ADDRESS_HEADER, addressText(clientAddress()));
      const url = new URL('/api/auth/sign-in/email', ownUrl());
      const body = JSON.stringify(credentials);
      const response = await handle(new Request(url, { method: 'POST', headers, body }));
      return response.headers.getSetCookie();
    },
  };
}

/** Who else may say who somebody is, in the order in which they are shown. */
export function shownProviders({ github, google, oidc }: ProviderSettings): SignInWays['providers'] {
  return [
    ...(github ? [{ id: 'github', name: 'GitHub' } as const] : []),
    ...(google ? [{ id: 'google', name: 'Google' } as const] : []),
    ...(oidc ? [{ id: 'oidc', name: oidc.name } as const] : []),
  ];
}
