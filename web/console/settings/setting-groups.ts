import type { Setting } from '../../../src/http/api/wire/operator-installation.ts';

/** Settings that people look for together, by their names in the environment. */
export const SETTING_GROUPS = {
  reach: ['TURNPIKE_HOST', 'TURNPIKE_PORT', 'TURNPIKE_PUBLIC_URL', 'TURNPIKE_TRUSTED_PROXIES'],
  data: ['TURNPIKE_DATA_DIR', 'TURNPIKE_DATABASE_URL', 'TURNPIKE_VALKEY_URL'],
  models: ['TURNPIKE_UPSTREAM', 'TURNPIKE_UPSTREAM_KEY', 'TURNPIKE_UPSTREAM_MODEL', 'TURNPIKE_LIMITS'],
  people: ['TURNPIKE_ADMIN_EMAIL', 'TURNPIKE_ADMIN_PASSWORD', 'TURNPIKE_INITIAL_API_KEY'],
  registration: [
    'TURNPIKE_REGISTRATION',
    'TURNPIKE_REGISTRATION_DOMAINS',
    'TURNPIKE_SIGN_UP_CREDIT',
    'TURNPIKE_DAILY_FREE_CREDIT',
  ],
  mail: ['TURNPIKE_SMTP_URL', 'TURNPIKE_MAIL_FROM'],
  providers: [
    'TURNPIKE_GITHUB_CLIENT_ID',
    'TURNPIKE_GITHUB_CLIENT_SECRET',
    'TURNPIKE_GOOGLE_CLIENT_ID',
    'TURNPIKE_GOOGLE_CLIENT_SECRET',
    'TURNPIKE_OIDC_ISSUER',
    'TURNPIKE_OIDC_CLIENT_ID',
    'TURNPIKE_OIDC_CLIENT_SECRET',
    'TURNPIKE_OIDC_NAME',
  ],
  watching: ['TURNPIKE_LOG_LEVEL', 'TURNPIKE_LOG_SAMPLE', 'TURNPIKE_METRICS_TOKEN', 'TURNPIKE_GRACE_SECONDS'],
} as const;

export type SettingGroup = keyof typeof SETTING_GROUPS | 'others';

/** The groups that have settings; what belongs to none, of a newer server for example, comes last. */
export function groupSettings(
  settings: readonly Setting[],
): { readonly group: SettingGroup; readonly rows: readonly Setting[] }[] {
  const groups: Readonly<Record<string, readonly string[]>> = SETTING_GROUPS;
  const known = Object.entries(groups).map(([group, names]) => ({
    group: group as SettingGroup,
    rows: names.flatMap((name) => settings.filter(({ environmentName }) => environmentName === name)),
  }));
  const inOne = new Set(known.flatMap(({ rows }) => rows));
  const others = { group: 'others' as const, rows: settings.filter((setting) => !inOne.has(setting)) };
  return [...known, others].filter(({ rows }) => rows.length > 0);
}
