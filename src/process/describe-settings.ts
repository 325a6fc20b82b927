import type { Setting } from '../http/api/wire/operator-installation.ts';
import { SETTINGS } from './config.ts';

/** Addresses may hold a password, so they count as secrets. */
const SECRET = /(?:PASSWORD|KEY|TOKEN|_URL)$/;

/** What the environment can set, and whether it does. It is read at the start, so nothing of it is changed here. */
export function describeSettings(environment: Readonly<Record<string, string | undefined>>): Setting[] {
  return SETTINGS.map((environmentName) => {
    const value = environment[environmentName]?.trim() || undefined;
    const isSecret = SECRET.test(environmentName);
    return {
      name: environmentName
        .replace(/^TURNPIKE_/, '')
        .toLowerCase()
        .replaceAll('_', '-'),
      environmentName,
      value: value === undefined || isSecret ? null : value,
      isSecret,
      isSet: value !== undefined,
      source: value === undefined ? 'default' : 'environment',
      editable: false,
    };
  });
}
