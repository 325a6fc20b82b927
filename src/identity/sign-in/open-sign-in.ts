import { APIError, createAuthMiddleware } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import type { ReadSession } from '../session.ts';
import { CLIENT_ADDRESS_HEADER } from './client-address-header.ts';
import { type CreatePerson, databaseAdapter } from './database-adapter.ts';
import { type MailPluginParts, mailPlugin } from './mail-plugin.ts';
import { type PasskeyPluginParts, passkeyPlugin } from './passkeys/passkey-plugin.ts';
import {
  normalPassword,
  PASSWORD_LEAST_CHARACTERS,
  PASSWORD_MOST_CHARACTERS,
  passwordFault,
} from './passwords.ts';
import { openIdConnect, type ProviderSettings, socialProviders } from './providers.ts';
import { secondFactor } from './second-factor.ts';

export interface SignInParts extends MailPluginParts, PasskeyPluginParts {
  readonly createPerson: CreatePerson;
  /** Signs cookies; as long as it stays, sessions do. */
  readonly secret: string;
  readonly providers: ProviderSettings;
  /** Whether strangers may make themselves an account. */
  readonly isOpen: boolean;
}

export interface SignIn {
  /** Answers a request below `/api/auth`, whose origin and size were checked. */
  readonly handle: (request: Request) => Promise<Response>;
  readonly readSession: ReadSession;
}

const DAY_S = 86_400;

/** The body's member that holds a password somebody wants to have, by the path it is sent to. */
const NEW_PASSWORD: Readonly<Record<string, string>> = {
  '/sign-up/email': 'password',
  '/change-password': 'newPassword',
  '/mail/reset': 'newPassword',
};

/**
 * Puts better-auth over our tables. Loading it takes a tenth of a second and 30 MB, so this file is imported when
 * somebody first needs it.
 */
export function openSignIn(parts: SignInParts): SignIn {
  const { auth: store, passwords } = parts;
  const isSecure = parts.baseUrl.startsWith('https://');
  const auth = betterAuth({
    appName: 'Turnpike',
    baseURL: parts.baseUrl,
    basePath: '/api/auth',
    secret: parts.secret,
    // The HTTP floor has compared the origin with the host that was asked, which may have several names.
    trustedOrigins: (request) => [request?.headers.get('origin') ?? parts.baseUrl],
    database: databaseAdapter(store, parts.createPerson),
    emailAndPassword: {
      enabled: true,
      disableSignUp: !parts.isOpen,
      minPasswordLength: PASSWORD_LEAST_CHARACTERS,
      maxPasswordLength: PASSWORD_MOST_CHARACTERS,
      password: {
        hash: (password) => passwords.hash(normalPassword(password)),
        verify: ({ hash, password }) => passwords.verify(normalPassword(password), hash),
      },
    },
    user: {
      additionalFields: {
        role: { type: 'string', required: false, input: false },
        banned: { type: 'boolean', required: false, input: false },
      },
    },
    session: { expiresIn: 30 * DAY_S, updateAge: DAY_S },
    databaseHooks: {
      // Who somebody is, is all that is asked of a provider; nothing is kept that could ask for more.
      account: { create: { before: withoutTokens }, update: { before: withoutTokens } },
      session: {
        create: {
          // Asked after the password was right, so it tells nobody else that there is an account.
          async before(session) {
            if (await isBanned(store, session.userId)) throw new APIError('FORBIDDEN', BANNED);
          },
        },
      },
    },
    hooks: {
      before: createAuthMiddleware(async (context) => {
        const member = NEW_PASSWORD[context.path];
        const password = member === undefined ? undefined : context.body?.[member];
        const fault = typeof password === 'string' ? passwordFault(password) : undefined;
        if (fault !== undefined) throw new APIError('BAD_REQUEST', FAULTS[fault]);
        // Whoever changes a password may do it because somebody else is signed in: not a matter of choice.
        if (context.path !== '/change-password') return undefined;
        return { context: { body: { ...context.body, revokeOtherSessions: true } } };
      }),
    },
    socialProviders: socialProviders(parts.providers),
    // By a verified address, and never to an account whose own was not: better-auth's defaults, said where they matter.
    account: {
      updateAccountOnSignIn: false,
      accountLinking: { requireLocalEmailVerified: true, trustedProviders: [], allowDifferentEmails: false },
    },
    plugins: [mailPlugin(parts), passkeyPlugin(parts), secondFactor(), ...openIdConnect(parts.providers)],
    advanced: {
      cookiePrefix: isSecure ? '__Host-turnpike' : 'turnpike',
      // The prefix `__Host-` promises more than the `__Secure-` that this would add.
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
    // The HTTP floor brakes guessing, before anything is looked up.
    rateLimit: { enabled: false },
    logger: { disabled: true },
    telemetry: { enabled: false },
    onAPIError: {
      errorURL: `${parts.baseUrl}/sign-in`,
      onError(error) {
        if (!(error instanceof APIError)) parts.onFailure(error);
      },
    },
  });

  const readSession: ReadSession = async (headers) => {
    if (!headers.get('cookie')?.includes('turnpike.session_token=')) return undefined;
    const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
    if (found === null) return undefined;
    const { user, session } = found;
    if (user.banned === true) {
      await store.remove('session', { all: [{ field: 'userId', operator: 'eq', value: user.id }], any: [] });
      return undefined;
    }
    const { role } = user;
    return {
      userId: user.id,
      email: user.email,
      name: user.name,
      role: role === 'owner' || role === 'administrator' ? role : 'user',
      sessionId: session.id,
      signedInAtMs: session.createdAt.getTime(),
    };
  };
  return {
    readSession,
    async handle(request) {
      // Whoever was banned loses their sessions before anything is done with one.
      await readSession(request.headers);
      return auth.handler(request);
    },
  };
}

const BANNED = { code: 'BANNED', message: 'This account is blocked. Ask the administrator of this server.' };

const FAULTS = {
  'too-short': {
    code: 'PASSWORD_TOO_SHORT',
    message: `Take a password of at least ${PASSWORD_LEAST_CHARACTERS} characters.`,
  },
  'too-long': {
    code: 'PASSWORD_TOO_LONG',
    message: `Take a password of at most ${PASSWORD_MOST_CHARACTERS} characters.`,
  },
  'too-common': {
    code: 'PASSWORD_TOO_COMMON',
    message: 'Many people use this password, so it is tried first. Take another one.',
  },
};

async function isBanned(store: SignInParts['auth'], userId: string): Promise<boolean> {
  const all = [{ field: 'id', operator: 'eq', value: userId }] as const;
  const [user] = await store.find('user', { all, any: [], limit: 1 });
  return user?.banned === 1;
}

async function withoutTokens<Account extends object>(account: Account) {
  return { data: { ...account, accessToken: null, refreshToken: null, idToken: null } };
}
