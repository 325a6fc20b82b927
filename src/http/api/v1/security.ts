import { otherWayIn } from '../../../identity/sign-in/passkeys/change-passkey.ts';
import { passkeyRowsOf, presentPasskey } from '../../../identity/sign-in/passkeys/passkey-rows.ts';
import { relyingParty } from '../../../identity/sign-in/passkeys/relying-party.ts';
import { endOtherSessions, endSession, sessionsOf } from '../../../identity/sign-in/sessions.ts';
import { hasPassword } from '../../../identity/sign-in/set-password.ts';
import type { ApiPorts } from '../api-ports.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { signedIn } from '../guards.ts';
import { problem } from '../problem.ts';
import { Done } from '../wire/scalars.ts';
import { Security } from '../wire/security.ts';

type SecurityPorts = Pick<ApiPorts, 'auth' | 'clock' | 'changed' | 'mail' | 'ownUrl'>;

/** `/me/security` and `/me/sessions`: how a person signs in, and where they are signed in. */
export function securityRoutes(ports: SecurityPorts): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/me/security',
      summary: 'How the person who is signed in does so, and their sessions.',
      guards: [signedIn],
      output: Security,
      async handle({ signedIn: { userId, sessionId } }) {
        const all = [{ field: 'id', operator: 'eq', value: userId }] as const;
        const hasMail = ports.mail?.mailer.kind === 'server';
        const [[user], isWithPassword, sessions, passkeys, otherWay] = await Promise.all([
          ports.auth.find('user', { all, any: [], limit: 1 }),
          hasPassword(ports, userId),
          sessionsOf(ports, userId),
          passkeyRowsOf(ports.auth, userId),
          otherWayIn({ auth: ports.auth, hasMail }, userId),
        ]);
        return {
          hasPassword: isWithPassword,
          isEmailConfirmed: user?.emailVerified === 1,
          isTwoFactorOn: user?.twoFactorEnabled === 1,
          passkeys: passkeys.map(presentPasskey),
          passkeyOrigin: relyingParty(ports.ownUrl())?.origin ?? null,
          otherWayIn: otherWay ?? null,
          sessions: sessions.map((session) => ({ ...session, isCurrent: session.id === sessionId })),
        };
      },
    }),
    route({
      method: 'DELETE',
      path: '/me/sessions/:sessionId',
      summary: 'Ends one of the sessions of the person who is signed in.',
      guards: [signedIn],
      output: Done,
      action: 'session.end',
      async handle({ signedIn: { userId }, parameters }) {
        if (!(await endSession(ports, userId, parameters.sessionId ?? ''))) return problem('not-found');
        ports.changed({ kind: 'user', id: userId });
        return { done: true } as const;
      },
    }),
    route({
      method: 'DELETE',
      path: '/me/sessions',
      summary: 'Ends all sessions of the person who is signed in but the one that asks.',
      guards: [signedIn],
      output: Done,
      action: 'session.end-others',
      async handle({ signedIn: { userId, sessionId }, note }) {
        await endOtherSessions(ports, userId, sessionId);
        note({ subject: userId });
        ports.changed({ kind: 'user', id: userId });
        return { done: true } as const;
      },
    }),
  ];
}
