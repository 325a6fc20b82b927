import { expect, test } from 'bun:test';
import {
  codeOf,
  makeUser,
  openTestAccounts,
  replacing,
  type TestAccounts,
} from '../../test/fakes/test-accounts.ts';
import { StorageUnavailable } from '../storage/storage-error.ts';
import { createUser } from './create-user.ts';
import { completeSignUps, setSignUpCredit, signUpCredit } from './sign-up-credit.ts';

const CREDIT = 250_000_000_000n;

/** The process dies between the person and their credit: the ledger does not answer. */
function dyingBeforeCredit(ports: TestAccounts): TestAccounts {
  const openWallet = () => Promise.reject(new StorageUnavailable('closed', 'not-done', 'the process died'));
  return { ...ports, ledger: replacing(ports.ledger, { openWallet }) };
}

async function creditOf(ports: TestAccounts, email: string): Promise<bigint | undefined> {
  const user = await ports.accounts.findUser(email);
  const team = await ports.accounts.findOrganization(`personal-${user?.id}`);
  return (await ports.ledger.balance(team?.id ?? ''))?.availableTicks;
}

test('credit that a crash kept back comes at the next start, once', async () => {
  const ports = openTestAccounts();
  const dying = createUser(dyingBeforeCredit(ports), { email: 'arthur@example.com', role: 'user' });
  expect(await dying.catch((error) => error)).toBeInstanceOf(StorageUnavailable);
  expect(await creditOf(ports, 'arthur@example.com')).toBeUndefined();

  for (let start = 0; start < 3; start += 1) await completeSignUps(ports);
  expect(await creditOf(ports, 'arthur@example.com')).toBe(CREDIT);
});

test('or when the same address is tried again', async () => {
  const ports = openTestAccounts();
  await createUser(dyingBeforeCredit(ports), { email: 'arthur@example.com', role: 'user' }).catch(() => {});
  expect(codeOf(await createUser(ports, { email: 'arthur@example.com', role: 'user' }))).toBe('email-taken');
  expect(await creditOf(ports, 'arthur@example.com')).toBe(CREDIT);
});

test('a start long after still finds whom a crash left without, and later starts look at few people', async () => {
  const ports = openTestAccounts();
  await createUser(dyingBeforeCredit(ports), { email: 'arthur@example.com', role: 'user' }).catch(() => {});
  await ports.clock.advance(86_400_000);
  await completeSignUps(ports);
  expect(await creditOf(ports, 'arthur@example.com')).toBe(CREDIT);

  await ports.clock.advance(86_400_000);
  const grants: string[] = [];
  const watched = replacing(ports.ledger, { openWallet: async (id) => void grants.push(id) });
  await completeSignUps({ ...ports, ledger: watched });
  await completeSignUps({ ...ports, ledger: watched });
  expect(grants).toEqual([]);
});

test('another amount is for whoever signs up from then on', async () => {
  const ports = openTestAccounts();
  await setSignUpCredit(ports, 0n);
  await makeUser(ports, 'none@example.com');
  await createUser(dyingBeforeCredit(ports), { email: 'owed-none@example.com', role: 'user' }).catch(
    () => {},
  );
  await ports.clock.advance(1);
  await setSignUpCredit(ports, 7n);
  await makeUser(ports, 'seven@example.com');
  await ports.clock.advance(1);
  await setSignUpCredit(ports, CREDIT);
  for (let start = 0; start < 3; start += 1) await completeSignUps(ports);

  expect(await signUpCredit(ports.settings)).toBe(CREDIT);
  expect(await creditOf(ports, 'none@example.com')).toBe(0n);
  expect(await creditOf(ports, 'owed-none@example.com')).toBe(0n);
  expect(await creditOf(ports, 'seven@example.com')).toBe(7n);
});
