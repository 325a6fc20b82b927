import { readDisplayName } from '../../../domain/display-name.ts';
import { type Refusal, refuse } from '../../../domain/refusal.ts';
import type { AuthStore } from '../../../storage/auth-store.ts';
import { hasPassword } from '../set-password.ts';
import { type PasskeyView, passkeyOf, passkeysOf, presentPasskey } from './passkey-rows.ts';
import { relyingParty } from './relying-party.ts';

interface ChangingPorts {
  readonly auth: AuthStore;
}

/** A person's passkey as it is; another's does not exist for them. */
export async function findPasskey(
  { auth }: ChangingPorts,
  userId: string,
  passkeyId: string,
): Promise<PasskeyView | Refusal> {
  const [row] = await auth.find('passkey', { ...passkeyOf(userId, passkeyId), limit: 1 });
  return row === undefined ? refuse('unknown-passkey', { passkey: passkeyId }) : presentPasskey(row);
}

export async function renamePasskey(
  { auth }: ChangingPorts,
  userId: string,
  passkeyId: string,
  name: string,
): Promise<PasskeyView | Refusal> {
  const shownName = readDisplayName(name);
  if (shownName === undefined) return refuse('bad-name');
  const row = await auth.add('passkey', passkeyOf(userId, passkeyId), {}, { name: shownName });
  return row === undefined ? refuse('unknown-passkey', { passkey: passkeyId }) : presentPasskey(row);
}

/** Whatever its authenticator still keeps of it opens nothing any more. */
export async function removePasskey(
  { auth }: ChangingPorts,
  userId: string,
  passkeyId: string,
): Promise<PasskeyView | Refusal> {
  const row = await auth.take('passkey', passkeyOf(userId, passkeyId));
  return row === undefined ? refuse('unknown-passkey', { passkey: passkeyId }) : presentPasskey(row);
}

/** How somebody signs in without a passkey. */
export type OtherWayIn = 'password' | 'provider' | 'mail';

/** The first that they have, if they have any. A code by letter is one only where letters reach people. */
export async function otherWayIn(
  { auth, hasMail }: ChangingPorts & { readonly hasMail: boolean },
  userId: string,
): Promise<OtherWayIn | undefined> {
  if (await hasPassword({ auth }, userId)) return 'password';
  const all = [
    ...passkeysOf(userId).all,
    { field: 'providerId', operator: 'ne', value: 'credential' },
  ] as const;
  if ((await auth.count('account', { all, any: [] })) > 0) return 'provider';
  return hasMail ? 'mail' : undefined;
}

/** Whether somebody could not come back without this passkey. One that was made for another address lets nobody in. */
export async function isLastWayIn(
  ports: ChangingPorts & { readonly hasMail: boolean; ownUrl(): string },
  userId: string,
  passkey: PasskeyView,
): Promise<boolean> {
  const host = relyingParty(ports.ownUrl())?.id;
  if (passkey.host !== host || (await otherWayIn(ports, userId)) !== undefined) return false;
  const all = [...passkeysOf(userId).all, { field: 'rpId', operator: 'eq', value: host }] as const;
  return (await ports.auth.count('passkey', { all, any: [] })) === 1;
}
