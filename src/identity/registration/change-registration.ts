import { MAXIMUM_TICKS } from '../../domain/money.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { IdentityPorts } from '../identity-ports.ts';
import { setSignUpCredit } from '../sign-up-credit.ts';
import {
  DAILY_SETTING,
  DOMAINS_SETTING,
  MODE_SETTING,
  MOST_DOMAINS,
  REGISTRATION_MODES,
  REGISTRATION_SETTINGS,
  type RegistrationSetting,
  readDomains,
} from './registration-settings.ts';

export interface ChangePorts
  extends Pick<IdentityPorts, 'accounts' | 'ledger' | 'settings' | 'signUps' | 'clock'> {
  /** Whether letters reach people: only then somebody can show that an address is theirs. */
  readonly hasMail: boolean;
  /** What the environment sets, by the name in the store: nothing else can. */
  readonly fixedSettings: ReadonlyMap<string, string>;
}

/** Changes one setting of registration, as it is written in the store; amounts are ticks. */
export async function changeRegistration(
  ports: ChangePorts,
  name: RegistrationSetting,
  value: string,
): Promise<'done' | Refusal> {
  const { storedAs, environmentName } = REGISTRATION_SETTINGS[name];
  if (ports.fixedSettings.has(storedAs)) return refuse('set-by-environment', { name: environmentName });
  switch (name) {
    case 'registration': {
      const mode = REGISTRATION_MODES.find((known) => known === value);
      if (mode === undefined) return refuse('bad-registration', { modes: REGISTRATION_MODES.join(', ') });
      if (mode === 'open' && !ports.hasMail) return refuse('registration-needs-mail');
      await ports.settings.set(MODE_SETTING, mode);
      return 'done';
    }
    case 'registration-domains': {
      const domains = readDomains(value);
      if (domains === undefined) return refuse('bad-domains', { most: MOST_DOMAINS });
      await ports.settings.set(DOMAINS_SETTING, domains.join(','));
      return 'done';
    }
    default: {
      if (!/^\d{1,16}$/.test(value) || BigInt(value) > MAXIMUM_TICKS) return refuse('bad-amount');
      if (name === 'sign-up-credit') await setSignUpCredit(ports, BigInt(value));
      else await ports.settings.set(DAILY_SETTING, String(BigInt(value)));
      return 'done';
    }
  }
}
