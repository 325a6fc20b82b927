import { TICKS_PER_USD, type Ticks } from '../domain/money.ts';
import type { UserRow } from '../storage/account-store.ts';
import type { SettingStore } from '../storage/setting-store.ts';
import { personalTeamOf } from './find-account.ts';
import type { IdentityPorts } from './identity-ports.ts';

type SignUpPorts = Pick<IdentityPorts, 'accounts' | 'ledger' | 'settings' | 'signUps' | 'clock'>;

/** $25, as the walk-through promises. */
export const DEFAULT_SIGN_UP_CREDIT_TICKS: Ticks = 25n * TICKS_PER_USD;

/** The credit of whoever signs up, in ticks; 0 gives none. */
export const AMOUNT_SETTING = 'signup-credit-ticks';

/** Whoever signed up from this moment on may not have had the credit yet; everyone before has. */
const DUE_SINCE_SETTING = 'signup-credit-due-since-ms';

/** At a start, people who signed up this shortly ago are looked at once more next time: clocks are not exact. */
const OVERLAP_MS = 600_000;

export async function signUpCredit(settings: Pick<SettingStore, 'get'>): Promise<Ticks> {
  const stored = await settings.get(AMOUNT_SETTING);
  if (stored === undefined) return DEFAULT_SIGN_UP_CREDIT_TICKS;
  if (!/^\d{1,16}$/.test(stored)) throw new Error(`the setting ${AMOUNT_SETTING} is not an amount of ticks`);
  return BigInt(stored);
}

/**
 * Changes the credit for people who sign up from now on. Whoever is still owed the old amount gets that first, so a
 * change never reaches back.
 */
export async function setSignUpCredit(ports: SignUpPorts, amountTicks: Ticks): Promise<void> {
  const nowMs = ports.clock.nowMs();
  await completeSignUps(ports);
  await ports.settings.set(DUE_SINCE_SETTING, String(nowMs));
  await ports.settings.set(AMOUNT_SETTING, amountTicks.toString());
}

/**
 * Gives a person's own team its wallet and the sign-up credit. The transaction is named after the person, so it is
 * booked once however often this is repeated.
 */
export async function giveSignUpCredit(
  { ledger, clock }: Pick<IdentityPorts, 'ledger' | 'clock'>,
  userId: string,
  walletId: string,
  amountTicks: Ticks,
): Promise<void> {
  const atMs = clock.nowMs();
  await ledger.openWallet(walletId, atMs);
  if (amountTicks === 0n) return;
  const transactionId = signUpTransactionId(userId);
  const answer = await ledger.grant({ transactionId, walletId, amountTicks, memo: '', atMs });
  if (answer.outcome === 'refused') throw new Error(`the sign-up credit was refused: ${answer.reason}`);
}

function signUpTransactionId(userId: string): string {
  return `${SIGN_UP_TRANSACTIONS}${userId}`;
}

export const SIGN_UP_TRANSACTIONS = 'signup-grant:';

/** Gives one person what a crash may have kept from them. Does nothing if they had it. */
export async function completeSignUp(ports: SignUpPorts, user: UserRow): Promise<void> {
  await completeThese(ports, [user]);
}

/** Finishes every sign-up that a crash has cut in two. Called at each start. */
export async function completeSignUps(ports: SignUpPorts): Promise<void> {
  const nowMs = ports.clock.nowMs();
  await completeThese(ports, await ports.accounts.listUsers());
  const settledBeforeMs = Math.max(nowMs - OVERLAP_MS, await dueSince(ports.settings));
  await ports.settings.set(DUE_SINCE_SETTING, String(settledBeforeMs));
}

async function completeThese(ports: SignUpPorts, users: readonly UserRow[]): Promise<void> {
  const sinceMs = await dueSince(ports.settings);
  const amountTicks = await signUpCredit(ports.settings);
  for (const user of users) {
    if (user.createdAtMs < sinceMs) continue;
    const team = await personalTeamOf(ports.accounts, user.id);
    // What somebody who signed up may have was bounded, and is decided once.
    const decided = await ports.signUps.decideCredit(user.id);
    await giveSignUpCredit(ports, user.id, team.id, decided ?? amountTicks);
  }
}

async function dueSince(settings: SettingStore): Promise<number> {
  const sinceMs = Number(await settings.get(DUE_SINCE_SETTING));
  return Number.isSafeInteger(sinceMs) ? sinceMs : 0;
}
