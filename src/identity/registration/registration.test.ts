import { expect, test } from 'bun:test';
import {
  codeOf,
  expectDone,
  makeUser,
  openTestAccounts,
  replacing,
} from '../../../test/fakes/test-accounts.ts';
import { TICKS_PER_USD } from '../../domain/money.ts';
import type { LetterOffice, Mail } from '../../ports/mailer.ts';
import { StorageUnavailable } from '../../storage/storage-error.ts';
import { createTeam } from '../create-team.ts';
import { completeSignUps } from '../sign-up-credit.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { changeRegistration } from './change-registration.ts';
import { makeInvitation, requestInvitation } from './invitations.ts';
import { mostPerDay, type RegistrationSetting, readRegistration } from './registration-settings.ts';

const CREDIT = 25n * TICKS_PER_USD;
const DAY_MS = 86_400_000;

function open() {
  const accounts = openTestAccounts();
  const ports = {
    ...accounts,
    passwords: { hash: async (password: string) => `hash of ${password}`, verify: async () => false },
    hasMail: true,
    mail: undefined as LetterOffice | undefined,
    ownUrl: () => 'https://llm.example.com',
    fixedSettings: new Map<string, string>(),
  };
  const set = (name: RegistrationSetting, value: string) => changeRegistration(ports, name, value);
  const accept = (token: string, email?: string) =>
    acceptInvitation(ports, { token, name: 'Arthur', email, password: 'heart of gold' });
  const invited = async (email: string) => {
    const { token } = expectDone(await makeInvitation(ports, {}));
    return expectDone(await accept(token, email));
  };
  return { ports, set, accept, invited };
}

test('registration is closed until an operator says otherwise, and closing it stops the links that are out', async () => {
  const { ports, set, accept } = open();
  expect(codeOf(await makeInvitation(ports, {}))).toBe('registration-closed');
  expect(codeOf(await requestInvitation(ports, 'arthur@example.com'))).toBe('registration-closed');
  await set('registration', 'invite-only');
  expect(codeOf(await requestInvitation(ports, 'arthur@example.com'))).toBe('registration-closed');
  const { token } = expectDone(await makeInvitation(ports, {}));
  await set('registration', 'closed');
  expect(codeOf(await accept(token, 'arthur@example.com'))).toBe('registration-closed');
  await set('registration', 'invite-only');
  expect(codeOf(await accept(token, 'arthur@example.com'))).toMatchObject({ creditTicks: CREDIT });
});

test('it cannot be open where no letter reaches anybody', async () => {
  const { ports, set } = open();
  const folder = { ...ports, hasMail: false };
  expect(codeOf(await changeRegistration(folder, 'registration', 'open'))).toBe('registration-needs-mail');
  expect(await set('registration', 'open')).toBe('done');
  // The mail server went away after that.
  expect(codeOf(await requestInvitation(folder, 'arthur@example.com'))).toBe('registration-closed');
});

test('what the environment sets is not changed here', async () => {
  const { ports } = open();
  const fixed = { ...ports, fixedSettings: new Map([['registration', 'closed']]) };
  expect(codeOf(await changeRegistration(fixed, 'registration', 'open'))).toBe('set-by-environment');
  expect(codeOf(await changeRegistration(ports, 'registration', 'ajar'))).toBe('bad-registration');
  expect(codeOf(await changeRegistration(ports, 'registration-domains', 'no domain!'))).toBe('bad-domains');
  expect(codeOf(await changeRegistration(ports, 'daily-free-credit', '-1'))).toBe('bad-amount');
});

test('an invitation for one address makes that person, whatever is typed, and a member of its team', async () => {
  const { ports, set, accept } = open();
  await set('registration', 'invite-only');
  const { user: owner } = await makeUser(ports, 'zaphod@example.com');
  const team = expectDone(await createTeam(ports, { name: 'Heart of Gold', owner: owner.id }));
  const asked = { email: 'Arthur@Example.com', team: team.slug, role: 'administrator' } as const;
  const { token } = expectDone(await makeInvitation(ports, asked));
  const { user } = expectDone(await accept(token, 'ford@example.com'));
  expect(user).toMatchObject({ email: 'arthur@example.com', role: 'user' });
  const members = await ports.accounts.membersOf(team.id);
  expect(members.find(({ userId }) => userId === user.id)?.role).toBe('administrator');
  expect(codeOf(await accept(token))).toBe('invitation-over');
  expect(codeOf(await makeInvitation(ports, asked))).toBe('email-taken');
});

test('a personal team takes nobody in, and no invitation lasts for ever', async () => {
  const { ports, set } = open();
  await set('registration', 'invite-only');
  const { team } = await makeUser(ports);
  expect(codeOf(await makeInvitation(ports, { team: team.slug }))).toBe('personal-team');
  const nowMs = ports.clock.nowMs();
  expect(codeOf(await makeInvitation(ports, { expiresAtMs: nowMs }))).toBe('moment-past');
  const beyond = { expiresAtMs: nowMs + 91 * DAY_MS };
  expect(codeOf(await makeInvitation(ports, beyond))).toBe('invitation-too-long');
});

test('an invitation is over after a week', async () => {
  const { ports, set, accept } = open();
  await set('registration', 'invite-only');
  const { token } = expectDone(await makeInvitation(ports, {}));
  await ports.clock.advance(7 * DAY_MS);
  expect(codeOf(await accept(token, 'arthur@example.com'))).toBe('invitation-over');
});

test('the domains bind whoever comes, and not whom an operator named', async () => {
  const { ports, set, accept } = open();
  await set('registration', 'open');
  expect(await set('registration-domains', '@Example.com, example.org')).toBe('done');
  expect(codeOf(await requestInvitation(ports, 'a@evil.example'))).toBe('domain-not-allowed');
  expect(codeOf(await requestInvitation(ports, 'a@sub.example.com'))).toBe('domain-not-allowed');
  const { token } = expectDone(await makeInvitation(ports, {}));
  expect(codeOf(await accept(token, 'a@evil.example'))).toBe('domain-not-allowed');
  const named = expectDone(await makeInvitation(ports, { email: 'a@friend.example' }));
  expect(expectDone(await accept(named.token)).user.email).toBe('a@friend.example');
});

test('where it is open, the link goes to the address, and only the letter knows who is here', async () => {
  const { ports, set, accept } = open();
  await set('registration', 'open');
  await makeUser(ports, 'ford@example.com');
  expect(await requestInvitation(ports, 'ford@example.com')).toEqual({
    ...{ kind: 'known', email: 'ford@example.com' },
  });
  const first = expectDone(await requestInvitation(ports, 'Arthur@example.com'));
  const second = expectDone(await requestInvitation(ports, 'arthur@example.com'));
  if (first.kind !== 'sign-up' || second.kind !== 'sign-up') throw new Error('no link');
  // The newer link ends the one before.
  expect(codeOf(await accept(first.token))).toBe('invitation-over');
  const { user } = expectDone(await accept(second.token, 'someone-else@example.com'));
  expect(user.email).toBe('arthur@example.com');
  const all = [{ field: 'id', operator: 'eq' as const, value: user.id }];
  expect(await ports.auth.find('user', { all, any: [], limit: 1 })).toMatchObject([{ emailVerified: 1 }]);
});

test('a day gives away what it may and no more; a mailbox has it once, also from an operator', async () => {
  const { ports, set, invited } = open();
  await set('registration', 'invite-only');
  await set('daily-free-credit', String(2n * CREDIT + 1n));
  expect(mostPerDay(await readRegistration(ports.settings))).toBe(2n * CREDIT);
  await makeUser(ports, 'marvin@example.com');
  const credits = [];
  for (const name of ['a', 'a+again', 'marvin+free', 'b', 'c'])
    credits.push((await invited(`${name}@example.com`)).creditTicks);
  expect(credits).toEqual([CREDIT, 0n, 0n, CREDIT, 0n]);
  await ports.clock.advance(DAY_MS);
  expect((await invited('d@example.com')).creditTicks).toBe(CREDIT);
});

test('credit that a crash kept back comes at the next start, as it was decided', async () => {
  const { ports, set } = open();
  await set('registration', 'invite-only');
  const { token } = expectDone(await makeInvitation(ports, {}));
  const openWallet = () => Promise.reject(new StorageUnavailable('closed', 'not-done', 'the process died'));
  const dying = { ...ports, ledger: replacing(ports.ledger, { openWallet }) };
  const person = { token, name: 'Arthur', email: 'arthur@example.com', password: 'heart of gold' };
  expect(await acceptInvitation(dying, person).catch((error) => error)).toBeInstanceOf(StorageUnavailable);
  await set('sign-up-credit', '7');
  for (let start = 0; start < 2; start += 1) await completeSignUps(ports);
  const user = await ports.accounts.findUser('arthur@example.com');
  const team = await ports.accounts.findOrganization(`personal-${user?.id}`);
  expect((await ports.ledger.balance(team?.id ?? ''))?.availableTicks).toBe(CREDIT);
});

test('an operator has the link sent, hears whether it left, and has it in hand all the same', async () => {
  const { ports, set, accept } = open();
  await set('registration', 'invite-only');
  const sent: Mail[] = [];
  let outcome: 'sent' | { fault: 'busy'; answer: string } = 'sent';
  const deliver = async (mail: Mail) => {
    sent.push(mail);
    return outcome;
  };
  const withMail = (kind: 'server' | 'folder') => ({
    ...ports,
    mail: { host: 'llm.example.com', mailer: { kind, deliver } } as unknown as LetterOffice,
  });
  const email = 'arthur@example.com';
  const letter = 'zh' as const;
  expect(codeOf(await makeInvitation(withMail('server'), { letter }))).toBe('letter-needs-address');
  expect(codeOf(await makeInvitation(withMail('folder'), { email, letter }))).toBe('letter-needs-mail');
  expect(expectDone(await makeInvitation(withMail('server'), { email })).letter).toBeNull();
  expect(sent).toEqual([]);
  const made = expectDone(await makeInvitation(withMail('server'), { email, letter }));
  expect([made.letter, sent[0]?.to, sent[0]?.subject]).toEqual(['sent', email, 'Turnpike：邀请您创建账户']);
  expect(sent[0]?.text).toContain(`https://llm.example.com/sign-up#token=${made.token}\n`);
  expect(sent[0]?.text).toContain('7 天');
  outcome = { fault: 'busy', answer: '' };
  const second = expectDone(await makeInvitation(withMail('server'), { email, letter }));
  expect(second.letter).toBe('not-sent');
  expect(expectDone(await accept(second.token)).user.email).toBe(email);
  // The operator had the link too, so nobody has shown that the address is theirs.
  const all = [{ field: 'email', operator: 'eq' as const, value: email }];
  expect(await ports.auth.find('user', { all, any: [], limit: 1 })).toMatchObject([{ selfMade: 1 }]);
});
