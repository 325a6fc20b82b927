import type { Setting } from '../http/api/wire/operator-installation.ts';
import { PLACEHOLDER_EMAIL } from '../identity/installation-owner.ts';
import { DEFAULT_DATA_DIR, SETTINGS } from './config.ts';

/** Addresses may hold a password, so they count as secrets. */
const SECRET = /(?:PASSWORD|KEY|TOKEN|SECRET|_URL)$/;

/** What holds where the environment says nothing; what is absent is then not there. */
const USUAL: Partial<Record<(typeof SETTINGS)[number], string>> = {
  TURNPIKE_DATA_DIR: `./${DEFAULT_DATA_DIR}`,
  TURNPIKE_HOST: '127.0.0.1',
  TURNPIKE_PORT: '7070',
  TURNPIKE_LIMITS: 'catalogue',
  TURNPIKE_ADMIN_EMAIL: PLACEHOLDER_EMAIL,
  TURNPIKE_LOG_SAMPLE: '1',
  TURNPIKE_GRACE_SECONDS: '30',
};

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
      usual: USUAL[environmentName] ?? null,
      isSecret,
      isSet: value !== undefined,
      source: value === undefined ? 'default' : 'environment',
      editable: false,
    };
  });
}
