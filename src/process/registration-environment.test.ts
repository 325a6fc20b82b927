import { expect, test } from 'bun:test';
import { readRegistration } from '../identity/registration/registration-settings.ts';
import type { ConfigurationProblem } from '../language/sentences.ts';
import { openMemoryStorage } from '../storage/memory/storage.ts';
import { readRegistrationVariables, settingsWithin } from './registration-environment.ts';

function read(environment: Record<string, string>) {
  const problems: ConfigurationProblem[] = [];
  const fixed = readRegistrationVariables(environment, (problem) => void problems.push(problem));
  return { fixed, problems };
}

test('what the environment says stands, whatever is stored', async () => {
  const { fixed, problems } = read({
    TURNPIKE_REGISTRATION: ' invite-only ',
    TURNPIKE_REGISTRATION_DOMAINS: 'Example.com, @example.org',
    TURNPIKE_SIGN_UP_CREDIT: '$0.50',
    TURNPIKE_DAILY_FREE_CREDIT: '',
  });
  expect(problems).toEqual([]);
  const { settings } = openMemoryStorage();
  await settings.set('registration', 'open');
  await settings.set('daily-free-credit-ticks', '7');
  expect(await readRegistration(settingsWithin(settings, fixed))).toEqual({
    mode: 'invite-only',
    domains: ['example.com', 'example.org'],
    signUpCreditTicks: 5_000_000_000n,
    dailyFreeCreditTicks: 7n,
  });
});

test.each([
  [{ TURNPIKE_REGISTRATION: 'ajar' }, 'one-of'],
  [{ TURNPIKE_REGISTRATION: 'open' }, 'needs'],
  [{ TURNPIKE_REGISTRATION_DOMAINS: 'localhost' }, 'domains'],
  [{ TURNPIKE_SIGN_UP_CREDIT: 'much' }, 'money'],
  [{ TURNPIKE_DAILY_FREE_CREDIT: '-1' }, 'money'],
])('%p is a problem: %s', (environment, kind) => {
  expect(read(environment).problems).toMatchObject([{ kind }]);
});

test('it can be open where there is a mail server', () => {
  expect(
    read({ TURNPIKE_REGISTRATION: 'open', TURNPIKE_SMTP_URL: 'smtp://mail.example.com' }).problems,
  ).toEqual([]);
});
