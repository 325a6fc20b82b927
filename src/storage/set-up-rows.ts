import type { AuthRow, SetUpPerson } from './auth-store.ts';

/** There is one such link at a time, so its row has a name of its own among better-auth's one-time values. */
export const SET_UP_LINK_ID = 'set-up-link';

/** It ends when somebody can sign in and not before; better-auth removes what is over. */
const NEVER = '9999-12-31T00:00:00.000Z';

export function setUpLinkRow(hash: string, atMs: number): AuthRow {
  const at = new Date(atMs).toISOString();
  return {
    ...{ id: SET_UP_LINK_ID, identifier: SET_UP_LINK_ID, value: hash },
    ...{ expiresAt: NEVER, createdAt: at, updatedAt: at },
  };
}

/** How better-auth keeps a password: an account of its own kind, beside whatever other ways in there are. */
export function passwordRow(password: {
  readonly id: string;
  readonly userId: string;
  readonly passwordHash: string;
  readonly atMs: number;
}): AuthRow {
  const { id, userId, passwordHash, atMs } = password;
  const at = new Date(atMs).toISOString();
  return {
    ...{ id, accountId: userId, providerId: 'credential', userId },
    ...{ password: passwordHash, createdAt: at, updatedAt: at },
  };
}

/** What a person who sets the installation up is in better-auth's tables. */
export function setUpRows({ userId, email, name, passwordHash, accountId, atMs }: SetUpPerson): {
  readonly user: AuthRow;
  readonly account: AuthRow;
} {
  return {
    user: { email, name, updatedAt: new Date(atMs).toISOString() },
    account: passwordRow({ id: accountId, userId, passwordHash, atMs }),
  };
}
