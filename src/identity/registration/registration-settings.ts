import { TICKS_PER_USD, type Ticks } from '../../domain/money.ts';
import type { SettingStore } from '../../storage/setting-store.ts';
import { AMOUNT_SETTING, signUpCredit } from '../sign-up-credit.ts';

export const REGISTRATION_MODES = ['closed', 'invite-only', 'open'] as const;
export type RegistrationMode = (typeof REGISTRATION_MODES)[number];

/** Who may make themselves an account here, and what that may cost. */
export interface Registration {
  readonly mode: RegistrationMode;
  /** Whose addresses are taken, such as `example.com`; all where it is empty. */
  readonly domains: readonly string[];
  readonly signUpCreditTicks: Ticks;
  /** The most that one day gives away. */
  readonly dailyFreeCreditTicks: Ticks;
}

export const MODE_SETTING = 'registration';
export const DOMAINS_SETTING = 'registration-domains';
export const DAILY_SETTING = 'daily-free-credit-ticks';

/** What operators call each, where it is stored, and what the environment calls it, which wins. */
export const REGISTRATION_SETTINGS = {
  registration: { storedAs: MODE_SETTING, environmentName: 'TURNPIKE_REGISTRATION' },
  'registration-domains': { storedAs: DOMAINS_SETTING, environmentName: 'TURNPIKE_REGISTRATION_DOMAINS' },
  'sign-up-credit': { storedAs: AMOUNT_SETTING, environmentName: 'TURNPIKE_SIGN_UP_CREDIT' },
  'daily-free-credit': { storedAs: DAILY_SETTING, environmentName: 'TURNPIKE_DAILY_FREE_CREDIT' },
} as const;
export type RegistrationSetting = keyof typeof REGISTRATION_SETTINGS;

/** Ten people a day, with the credit that everybody has who changes nothing. */
export const DEFAULT_DAILY_TICKS: Ticks = 250n * TICKS_PER_USD;

export const MOST_DOMAINS = 100;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

export async function readRegistration(settings: Pick<SettingStore, 'get'>): Promise<Registration> {
  const [mode, domains, daily, signUpCreditTicks] = await Promise.all([
    settings.get(MODE_SETTING),
    settings.get(DOMAINS_SETTING),
    settings.get(DAILY_SETTING),
    signUpCredit(settings),
  ]);
  return {
    // What is not understood lets nobody in.
    mode: REGISTRATION_MODES.find((known) => known === mode) ?? 'closed',
    domains: domains === undefined || domains === '' ? [] : domains.split(','),
    signUpCreditTicks,
    dailyFreeCreditTicks: daily === undefined ? DEFAULT_DAILY_TICKS : BigInt(daily),
  };
}

/** The most that a day can give away: whole credits within the day's bound. */
export function mostPerDay({ mode, signUpCreditTicks, dailyFreeCreditTicks }: Registration): Ticks {
  if (mode === 'closed' || signUpCreditTicks === 0n) return 0n;
  return (dailyFreeCreditTicks / signUpCreditTicks) * signUpCreditTicks;
}

/** Domains as they are typed, between commas or spaces; undefined where one is none. */
export function readDomains(text: string): readonly string[] | undefined {
  const domains = text
    .toLowerCase()
    .split(/[\s,，、]+/)
    .map((part) => part.replace(/^@/, ''))
    .filter((part) => part !== '');
  if (domains.length > MOST_DOMAINS || !domains.every((domain) => DOMAIN.test(domain))) return undefined;
  return [...new Set(domains)];
}

export function isDomainAllowed({ domains }: Pick<Registration, 'domains'>, email: string): boolean {
  return domains.length === 0 || domains.includes(email.slice(email.lastIndexOf('@') + 1));
}

/** Whether this address could get an account without the operator's help. */
export function mayComeNew(registration: Registration, email: string): boolean {
  return registration.mode === 'open' && isDomainAllowed(registration, email);
}
