import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import * as z from 'zod';
import { chooseLanguage, type Language } from '../../language/choose-language.ts';
import type { Changed } from '../../ports/changes.ts';
import type { AccountStore } from '../../storage/account-store.ts';
import { StorageConflict } from '../../storage/storage-error.ts';
import { readEmail } from '../read-email.ts';
import { Errands } from './errands.ts';
import { LetterDesk, type LetterDeskParts } from './letter-desk.ts';
import { LINKS_INTO_ACCOUNT, takeCode, takeLink, voidLinks } from './one-time-proofs.ts';
import type { Passwords } from './passwords.ts';
import { proveEmail } from './prove-email.ts';
import { setPassword } from './set-password.ts';
import { isTheirPassword } from './their-password.ts';

export interface MailPluginParts extends LetterDeskParts {
  readonly accounts: Pick<AccountStore, 'findUser'>;
  readonly passwords: Passwords;
  readonly changed: Changed;
  /** Told what broke, without a word of what was sent. */
  readonly onFailure: (error: unknown) => void;
}

/** What is asked for by letter is answered the same whether anybody is written to. */
const ON_ITS_WAY = { status: true };

const Email = z.strictObject({ email: z.string().max(320) });
const NewPassword = z.strictObject({ token: z.string().max(128), newPassword: z.string() });
const Code = z.strictObject({ email: z.string().max(320), code: z.string().max(32) });
const Token = z.strictObject({ token: z.string().max(128) });
const NewEmail = z.strictObject({
  newEmail: z.string().max(320),
  password: z.string().max(1_024).optional(),
});

/**
 * Forgotten passwords, codes to sign in with, confirmed and changed addresses. better-auth's own ways for these tell by
 * their errors whether there is an account, keep tokens as they were sent, and change things when a link is looked at.
 */
export function mailPlugin(parts: MailPluginParts): BetterAuthPlugin {
  const desk = new LetterDesk(parts);
  const errands = new Errands(parts.onFailure);
  const byId = async (id: string) => (await find(parts, 'id', id)) ?? Promise.reject(linkOver());

  return {
    id: 'turnpike-mail',
    hooks: {
      after: [
        {
          matcher: ({ path }) => path === '/change-password',
          handler: createAuthMiddleware(async (context) => {
            // There is a new session only where the password was changed.
            const userId = context.context.newSession?.user.id;
            if (userId === undefined) return;
            await voidLinks(parts, LINKS_INTO_ACCOUNT, userId);
            errands.add(() => desk.passwordWasChanged(userId, languageOf(context.headers)));
          }),
        },
      ],
    },
    endpoints: {
      forgotPassword: createAuthEndpoint('/mail/forgot', { method: 'POST', body: Email }, async (context) => {
        const email = emailOf(context.body.email);
        errands.add(() => desk.resetPassword(email, languageOf(context.headers)));
        return context.json(ON_ITS_WAY);
      }),

      resetPassword: createAuthEndpoint(
        '/mail/reset',
        { method: 'POST', body: NewPassword },
        async (context) => {
          const [userId] = (await takeLink(parts, 'reset-password', context.body.token)) ?? [];
          if (userId === undefined) throw linkOver();
          await proveEmail(parts, await byId(userId));
          const outcome = await setPassword(parts, userId, context.body.newPassword);
          if (outcome !== 'done') throw linkOver();
          parts.changed({ kind: 'user', id: userId });
          errands.add(() => desk.passwordWasChanged(userId, languageOf(context.headers)));
          return context.json({ status: true });
        },
      ),

      sendCode: createAuthEndpoint('/mail/code', { method: 'POST', body: Email }, async (context) => {
        const email = emailOf(context.body.email);
        errands.add(() => desk.signInCode(email, languageOf(context.headers)));
        return context.json(ON_ITS_WAY);
      }),

      signInByCode: createAuthEndpoint(
        '/sign-in/mail-code',
        { method: 'POST', body: Code },
        async (context) => {
          const email = emailOf(context.body.email);
          const isRight = await takeCode(parts, email, context.body.code);
          const row = await find(parts, 'email', email);
          if (!isRight || row === undefined) throw new APIError('UNAUTHORIZED', CODE_WRONG);
          await proveEmail(parts, row);
          const { internalAdapter } = context.context;
          const session = await internalAdapter.createSession(String(row.id));
          const user = await internalAdapter.findUserById(String(row.id));
          if (user === null) throw new APIError('UNAUTHORIZED', CODE_WRONG);
          await setSessionCookie(context, { session, user });
          return context.json({ status: true });
        },
      ),

      askToConfirm: createAuthEndpoint('/mail/confirm', { method: 'POST' }, async (context) => {
        const session = await getSessionFromCtx(context);
        if (session === null) throw new APIError('UNAUTHORIZED');
        const { user } = session;
        if (!user.emailVerified) errands.add(() => desk.confirmEmail(user, languageOf(context.headers)));
        return context.json(ON_ITS_WAY);
      }),

      askToChange: createAuthEndpoint('/mail/change', { method: 'POST', body: NewEmail }, async (context) => {
        const session = await getSessionFromCtx(context);
        if (session === null) throw new APIError('UNAUTHORIZED');
        const { user } = session;
        const newEmail = emailOf(context.body.newEmail);
        if (!(await isTheirPassword(parts, user.id, context.body.password)))
          throw new APIError('BAD_REQUEST', PASSWORD_WRONG);
        if (newEmail !== user.email)
          errands.add(() => desk.changeEmail(user, newEmail, languageOf(context.headers)));
        return context.json(ON_ITS_WAY);
      }),

      /** The link of either letter, when its person has pressed the button. Looking at it changes nothing. */
      confirm: createAuthEndpoint('/mail/confirmed', { method: 'POST', body: Token }, async (context) => {
        const { token } = context.body;
        const [confirmedId, confirmed = ''] = (await takeLink(parts, 'confirm-email', token)) ?? [];
        if (confirmedId !== undefined) {
          const user = await byId(confirmedId);
          // The address may have been changed since.
          if (user.email !== confirmed) throw linkOver();
          await proveEmail(parts, user);
          return context.json({ email: confirmed, isChanged: false });
        }
        const [userId, from = '', to = ''] = (await takeLink(parts, 'change-email', token)) ?? [];
        if (userId === undefined) throw linkOver();
        if ((await byId(userId)).email !== from) throw linkOver();
        await changeEmail(parts, userId, from, to);
        errands.add(() => desk.emailWasChanged({ id: userId }, from, to, languageOf(context.headers)));
        return context.json({ email: to, isChanged: true });
      }),
    },
  };
}

async function changeEmail(parts: MailPluginParts, userId: string, from: string, to: string): Promise<void> {
  const all = [
    { field: 'id', operator: 'eq', value: userId },
    { field: 'email', operator: 'eq', value: from },
  ] as const;
  try {
    await parts.auth.update('user', { all, any: [] }, { email: to, emailVerified: 1 });
  } catch (error) {
    if (error instanceof StorageConflict) throw new APIError('BAD_REQUEST', EMAIL_TAKEN);
    throw error;
  }
  // A link to the old address opens nothing any more.
  await voidLinks(parts, ['reset-password', 'confirm-email', 'change-email'], userId);
  parts.changed({ kind: 'user', id: userId });
}

async function find({ auth }: MailPluginParts, field: 'id' | 'email', value: string) {
  const all = [{ field, operator: 'eq', value }] as const;
  const [row] = await auth.find('user', { all, any: [], limit: 1 });
  return row;
}

function emailOf(text: string): string {
  const email = readEmail(text);
  if (email === undefined) throw new APIError('BAD_REQUEST', EMAIL_WRONG);
  return email;
}

function languageOf(headers: Headers | undefined): Language {
  return chooseLanguage(headers?.get('accept-language') ?? undefined);
}

function linkOver(): APIError {
  return new APIError('BAD_REQUEST', LINK_OVER);
}

const LINK_OVER = {
  code: 'LINK_OVER',
  message: 'This link was used, is too old, or was replaced by a newer one.',
};
const CODE_WRONG = { code: 'CODE_WRONG', message: 'This code is wrong, was used, or is too old.' };
const EMAIL_WRONG = { code: 'EMAIL_WRONG', message: 'This is not an e-mail address that can be used here.' };
const EMAIL_TAKEN = { code: 'EMAIL_TAKEN', message: 'This address belongs to another account by now.' };
const PASSWORD_WRONG = { code: 'PASSWORD_WRONG', message: 'This is not your password.' };
