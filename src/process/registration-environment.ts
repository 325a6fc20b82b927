import { parseMoney } from '../domain/money.ts';
import {
  MODE_SETTING,
  REGISTRATION_MODES,
  REGISTRATION_SETTINGS,
  readDomains,
} from '../identity/registration/registration-settings.ts';
import type { ConfigurationProblem } from '../language/sentences.ts';
import type { SettingStore } from '../storage/setting-store.ts';

/** Names of the environment that stand in the place of stored settings. */
export const REGISTRATION_VARIABLES = [
  'TURNPIKE_REGISTRATION',
  'TURNPIKE_REGISTRATION_DOMAINS',
  'TURNPIKE_SIGN_UP_CREDIT',
  'TURNPIKE_DAILY_FREE_CREDIT',
] as const;
type Variable = (typeof REGISTRATION_VARIABLES)[number];

/** What the environment says of registration, by the names and in the spelling of the store. */
export function readRegistrationVariables(
  environment: Readonly<Record<string, string | undefined>>,
  report: (problem: ConfigurationProblem) => void,
): ReadonlyMap<string, string> {
  const fixed = new Map<string, string>();
  for (const { storedAs, environmentName } of Object.values(REGISTRATION_SETTINGS)) {
    const written = environment[environmentName]?.trim() || undefined;
    if (written === undefined) continue;
    const value = readVariable(environmentName, written);
    if (typeof value === 'string') fixed.set(storedAs, value);
    else report(value);
  }
  // Whoever signs up has to show that an address is theirs, and nobody would.
  const hasMail = (environment.TURNPIKE_SMTP_URL ?? '').trim() !== '';
  if (fixed.get(MODE_SETTING) === 'open' && !hasMail)
    report({ kind: 'needs', name: 'TURNPIKE_REGISTRATION=open', other: 'TURNPIKE_SMTP_URL' });
  return fixed;
}

function readVariable(name: Variable, value: string): string | ConfigurationProblem {
  if (name === 'TURNPIKE_REGISTRATION')
    return REGISTRATION_MODES.some((mode) => mode === value)
      ? value
      : { kind: 'one-of', name, value, allowed: REGISTRATION_MODES };
  if (name === 'TURNPIKE_REGISTRATION_DOMAINS')
    return readDomains(value)?.join(',') ?? { kind: 'domains', name, value };
  return parseMoney(value)?.toString() ?? { kind: 'money', name, value };
}

/** The settings as the environment leaves them: what it says is read, whatever is stored. */
export function settingsWithin(stored: SettingStore, fixed: ReadonlyMap<string, string>): SettingStore {
  return {
    get: async (name) => fixed.get(name) ?? (await stored.get(name)),
    set: (name, value) => stored.set(name, value),
    setOnce: (name, value) => stored.setOnce(name, value),
  };
}
