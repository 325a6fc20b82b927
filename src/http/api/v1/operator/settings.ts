import { MAXIMUM_TICKS } from '../../../../domain/money.ts';
import { refuse } from '../../../../domain/refusal.ts';
import {
  DEFAULT_SIGN_UP_CREDIT_TICKS,
  setSignUpCredit,
  signUpCredit,
} from '../../../../identity/sign-up-credit.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { operator } from '../../guards.ts';
import { problem } from '../../problem.ts';
import { type Setting, SettingEdit, SettingList } from '../../wire/operator-installation.ts';

type SettingPorts = Pick<ApiPorts, 'accounts' | 'ledger' | 'settings' | 'clock' | 'environmentSettings'>;

const SIGN_UP_CREDIT = 'sign-up-credit';

/** `/operator/settings`: everything that can be set, where its value comes from, and what the environment calls it. */
export function settingRoutes(ports: SettingPorts): readonly ApiRoute[] {
  const list = async () => {
    const [value, usual] = [await signUpCredit(ports.settings), DEFAULT_SIGN_UP_CREDIT_TICKS].map(String);
    const credit: Setting = {
      ...{ name: SIGN_UP_CREDIT, environmentName: null, isSecret: false, isSet: true, editable: true },
      ...{ value: value ?? null, usual: usual ?? null },
      source: value === usual ? 'default' : 'stored',
    };
    return { rows: [credit, ...ports.environmentSettings()] };
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
      summary: 'Changes a setting that the environment does not set; sign-up-credit is an amount of ticks.',
      guards: [operator],
      action: 'setting.change',
      body: SettingEdit,
      output: SettingList,
      async handle({ parameters: { settingName = '' }, body, note }) {
        if (settingName !== SIGN_UP_CREDIT) return problem('not-found');
        if (!/^\d{1,16}$/.test(body.value) || BigInt(body.value) > MAXIMUM_TICKS) return refuse('bad-amount');
        note({ before: { value: String(await signUpCredit(ports.settings)) } });
        await setSignUpCredit(ports, BigInt(body.value));
        return list();
      },
    }),
  ];
}
