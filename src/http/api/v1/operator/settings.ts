import { isRefusal } from '../../../../domain/refusal.ts';
import { changeRegistration } from '../../../../identity/registration/change-registration.ts';
import {
  DEFAULT_DAILY_TICKS,
  REGISTRATION_SETTINGS,
  type RegistrationSetting,
  readRegistration,
} from '../../../../identity/registration/registration-settings.ts';
import { DEFAULT_SIGN_UP_CREDIT_TICKS } from '../../../../identity/sign-up-credit.ts';
import { hasMail } from '../../../../ports/mailer.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { operator } from '../../guards.ts';
import { problem } from '../../problem.ts';
import { type Setting, SettingEdit, SettingList } from '../../wire/operator-installation.ts';

type SettingPorts = Pick<
  ApiPorts,
  'accounts' | 'ledger' | 'settings' | 'signUps' | 'clock' | 'mail' | 'fixedSettings' | 'environmentSettings'
>;

const NAMES = Object.keys(REGISTRATION_SETTINGS) as readonly RegistrationSetting[];

/** What each is as long as nobody sets it. */
const USUAL: Readonly<Record<RegistrationSetting, string>> = {
  registration: 'closed',
  'registration-domains': '',
  'sign-up-credit': String(DEFAULT_SIGN_UP_CREDIT_TICKS),
  'daily-free-credit': String(DEFAULT_DAILY_TICKS),
};

/** `/operator/settings`: everything that can be set, where its value comes from, and what the environment calls it. */
export function settingRoutes(ports: SettingPorts): readonly ApiRoute[] {
  const readValue = async (name: RegistrationSetting): Promise<string> => {
    const found = await readRegistration(ports.settings);
    if (name === 'registration') return found.mode;
    if (name === 'registration-domains') return found.domains.join(',');
    return String(name === 'sign-up-credit' ? found.signUpCreditTicks : found.dailyFreeCreditTicks);
  };
  const describe = async (name: RegistrationSetting): Promise<Setting> => {
    const { storedAs, environmentName } = REGISTRATION_SETTINGS[name];
    const isFixed = ports.fixedSettings.has(storedAs);
    const isStored = !isFixed && (await ports.settings.get(storedAs)) !== undefined;
    return {
      ...{ name, environmentName, isSecret: false, isSet: isFixed || isStored, editable: !isFixed },
      value: await readValue(name),
      usual: USUAL[name],
      source: isFixed ? 'environment' : isStored ? 'stored' : 'default',
    };
  };
  const list = async () => {
    const others = ports
      .environmentSettings()
      .filter(({ name }) => !NAMES.some((registration) => registration === name));
    return { rows: [...(await Promise.all(NAMES.map(describe))), ...others] };
  };
  return [
    route({
      method: 'GET',
      path: '/operator/settings',
      summary: 'All settings. A secret is only said to be set.',
      guards: [operator],
      output: SettingList,
      handle: list,
    }),
    route({
      method: 'PATCH',
      path: '/operator/settings/:settingName',
      summary: 'Changes a setting that the environment does not set; amounts are ticks.',
      guards: [operator],
      action: 'setting.change',
      body: SettingEdit,
      output: SettingList,
      async handle({ parameters: { settingName = '' }, body, note }) {
        const name = NAMES.find((known) => known === settingName);
        if (name === undefined) return problem('not-found');
        note({ before: { value: await readValue(name) } });
        const changing = { ...ports, hasMail: hasMail(ports) };
        const changed = await changeRegistration(changing, name, body.value);
        return isRefusal(changed) ? changed : list();
      },
    }),
  ];
}
