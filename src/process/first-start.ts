import { adoptKey } from '../console/adopt-key.ts';
import { createKey } from '../console/create-key.ts';
import { completeRedemptions } from '../console/credit-codes.ts';
import { formatUsd } from '../domain/money.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { createUser } from '../identity/create-user.ts';
import { personalTeamOf } from '../identity/find-account.ts';
import { findOwner, PLACEHOLDER_EMAIL } from '../identity/installation-owner.ts';
import { makeSetUpToken, setUpLink } from '../identity/set-up-installation.ts';
import { hasPassword, setPassword } from '../identity/sign-in/set-password.ts';
import { completeSignUps, signUpCredit } from '../identity/sign-up-credit.ts';
import type { UserRow } from '../storage/account-store.ts';
import type { CommandContext } from './commands/command-context.ts';
import type { Config } from './config.ts';
import type { FirstStart } from './print-start.ts';

/** What a start found or made, to be shown. */
export interface Prepared {
  /** Only on the start that made the first key. */
  readonly first: FirstStart | undefined;
  /** As long as nobody can sign in: what changes that. */
  readonly setUpLink: string | undefined;
}

const FIRST_KEY_NAME = 'First key';

/**
 * Brings the accounts to where a server can use them, at every start: credit of sign-ups and codes that a crash came before, the
 * owner's account and their first key. To be called when nothing can keep the server from starting any more: the
 * text of the key is in the answer and nowhere else. A start that died in between is made good by the next one.
 */
export async function prepareInstallation(
  context: CommandContext,
  { adminEmail, adminPassword, initialApiKey }: Config,
): Promise<Prepared> {
  await completeSignUps(context);
  await completeRedemptions(context);
  const owner = (await findOwner(context)) ?? (await makeOwner(context, adminEmail));
  // Theirs, once they have one: the environment does not take a changed password back.
  const canSignIn = owner.email !== PLACEHOLDER_EMAIL;
  if (adminPassword !== undefined && canSignIn && !(await hasPassword(context, owner.id)))
    assertDone(await setPassword(context, owner.id, adminPassword));
  const team = await personalTeamOf(context.accounts, owner.id);
  const request = { organizationId: team.id, userId: owner.id, name: FIRST_KEY_NAME };
  const isFirst = (await context.keys.list(team.id)).length === 0;
  const creditUsd = formatUsd(await signUpCredit(context.settings));

  const token = await makeSetUpToken(context);
  const link = isRefusal(token) ? undefined : setUpLink(context.ownUrl(), token);
  // From here on nothing may go wrong any more: a key that is stored and not shown is lost.
  let apiKey = initialApiKey;
  // A key that the environment names belongs to the owner, also when the folder is older than the setting.
  if (apiKey !== undefined) assertDone(await adoptKey(context, { ...request, text: apiKey }));
  else if (isFirst) apiKey = assertDone(await createKey(context, request)).text;
  if (!isFirst || apiKey === undefined) return { first: undefined, setUpLink: link };
  return { first: { ownerEmail: owner.email, apiKey, creditUsd }, setUpLink: link };
}

async function makeOwner(context: CommandContext, email: string): Promise<UserRow> {
  return assertDone(await createUser(context, { email, role: 'owner' })).user;
}

/** What is asked here is right by construction; a refusal is a bug, and the server does not start on one. */
function assertDone<T>(result: T | Refusal): T {
  if (isRefusal(result)) throw new Error(`the first start was refused: ${result.code}`);
  return result;
}
