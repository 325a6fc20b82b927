import { beforeEach, expect, test } from 'bun:test';
import { expectDone, makeUser, openTestAccounts, type TestAccounts } from '../../test/fakes/test-accounts.ts';
import { TICKS_PER_USD } from '../domain/money.ts';
import { addMember } from '../identity/add-member.ts';
import { setUserBanned } from '../identity/ban-user.ts';
import { createTeam } from '../identity/create-team.ts';
import type { LetterOffice, Mail } from '../ports/mailer.ts';
import { sendAlertLetters } from './alert-letters.ts';
import { AlertWatch } from './alert-watch.ts';
import { addAlert, changeAlert, seeAlerts } from './alerts.ts';
import { grantCredit, withdrawCredit } from './move-credit.ts';
import { changePreferences } from './preferences.ts';

const HOUR_MS = 3_600_000;

let accounts: TestAccounts;
let letters: Mail[];
let teamId: string;
let look: () => Promise<void>;

beforeEach(async () => {
  accounts = openTestAccounts();
  letters = [];
  const { user } = await makeUser(accounts, 'owner@example.com');
  const team = expectDone(await createTeam(accounts, { name: 'Heart <b>', slug: 'heart', owner: user.id }));
  teamId = team.id;
  look = () => sendAlertLetters(office('server'), teamId);
  await grant(10n);
});

function office(kind: 'server' | 'folder') {
  const mailer = { kind, post: (mail: Mail) => void letters.push(mail) };
  const mail = { mailer, host: 'llm.example.com' } as unknown as LetterOffice;
  return { ...accounts, mail, ownUrl: () => 'https://llm.example.com' };
}

const grant = async (usd: bigint) =>
  expectDone(await grantCredit(accounts, { organizationId: teamId, amountTicks: usd * TICKS_PER_USD }));
const withdraw = async (usd: bigint) =>
  expectDone(await withdrawCredit(accounts, { organizationId: teamId, amountTicks: usd * TICKS_PER_USD }));
const draw = async (usd: bigint, letter: 'en' | 'zh' | null = 'en') =>
  expectDone(
    await addAlert(accounts, teamId, {
      ...{ kind: 'balance-below' as const, thresholdTicks: usd * TICKS_PER_USD, letter },
    }),
  );

test('a crossing is told once, and the next one after the balance was above the line', async () => {
  await draw(5n);
  await look();
  expect(letters).toEqual([]);
  await withdraw(6n);
  for (let time = 0; time < 3; time += 1) await look();
  expect(letters.map(({ to, subject }) => [to, subject])).toEqual([
    ['owner@example.com', 'Turnpike: balance below $5.00'],
  ]);
  expect(letters[0]?.text).toContain('the team heart at llm.example.com');
  expect(letters[0]?.text).toContain('$4.00 is available');
  expect(letters[0]?.text).toContain('https://llm.example.com/console/limits');
  // What somebody called the team goes into no letter.
  expect(letters[0]?.html).not.toContain('Heart');
  await grant(6n);
  await look();
  await withdraw(6n);
  await look();
  // It goes up and down over its line, and fills nobody's mailbox.
  expect(letters).toHaveLength(1);
  await accounts.clock.advance(HOUR_MS);
  await look();
  expect(letters).toHaveLength(2);
});

test('who looks after the money reads it, in the language they chose', async () => {
  for (const [name, role] of [
    ['bills', 'billing'],
    ['admin', 'administrator'],
    ['member', 'member'],
    ['banned', 'billing'],
  ] as const) {
    const { user } = await makeUser(accounts, `${name}@example.com`);
    expectDone(await addMember(accounts, teamId, user.id, role));
    await changePreferences(accounts, user.id, { language: 'en' });
  }
  expectDone(await setUserBanned(accounts, 'banned@example.com', true));
  await draw(50n, 'zh');
  await look();
  expect(letters.map(({ to, subject }) => [to, subject])).toEqual([
    ['owner@example.com', 'Turnpike：余额低于 $50.00'],
    ['bills@example.com', 'Turnpike: balance below $50.00'],
  ]);
});

test('nothing is sent where nobody asked for it, or where no letter reaches anybody', async () => {
  await draw(50n, null);
  const off = await draw(60n);
  await changeAlert(accounts, teamId, off, { enabled: false });
  await look();
  await draw(70n);
  await sendAlertLetters(office('folder'), teamId);
  expect(letters).toEqual([]);
  await look();
  expect(letters).toHaveLength(1);
});

test('a line that is moved or switched on again is told anew', async () => {
  const id = await draw(50n);
  await look();
  await changeAlert(accounts, teamId, id, { thresholdTicks: 40n * TICKS_PER_USD });
  await look();
  expect(letters.map(({ subject }) => subject)).toEqual([
    'Turnpike: balance below $50.00',
    'Turnpike: balance below $40.00',
  ]);
  expect(await seeAlerts(accounts, teamId)).toMatchObject([{ letter: 'en', isCrossed: true }]);
});

test('teams are looked at a minute after their money moved, each once, and one that fails stops no other', async () => {
  const looked: string[] = [];
  const failed: unknown[] = [];
  const watch = new AlertWatch({
    clock: accounts.clock,
    async look(organizationId) {
      looked.push(organizationId);
      if (organizationId === 'bad') throw new Error('away');
    },
    onFailure: (error) => void failed.push(error),
  });
  for (const team of ['bad', 'a', 'a', 'b']) watch.moved(team);
  await accounts.clock.advance(59_000);
  expect(looked).toEqual([]);
  await accounts.clock.advance(1_000);
  expect(looked).toEqual(['bad', 'a', 'b']);
  expect(failed).toHaveLength(1);
  await accounts.clock.advance(120_000);
  watch.moved('a');
  await accounts.clock.advance(60_000);
  expect(looked).toEqual(['bad', 'a', 'b', 'a']);
  watch.moved('a');
  watch.close();
  await accounts.clock.advance(60_000);
  expect(looked).toHaveLength(4);
});
