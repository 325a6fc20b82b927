import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import { readUpstreamAddress } from '../console/upstream-address.ts';
import { isApiKey } from '../domain/api-key.ts';
import { type Network, parseNetwork } from '../domain/network-address.ts';
import { isRefusal } from '../domain/refusal.ts';
import { PLACEHOLDER_EMAIL } from '../identity/installation-owner.ts';
import { readEmail } from '../identity/read-email.ts';
import { PASSWORD_LEAST_CHARACTERS, passwordFault } from '../identity/sign-in/passwords.ts';
import type { ProviderSettings } from '../identity/sign-in/providers.ts';
import type { ConfigurationProblem } from '../language/sentences.ts';
import { isPostgresUrl } from './database-place.ts';
import type { LogLevel } from './json-log.ts';
import { type MailSettings, readMailSettings } from './mail/mail-settings.ts';
import { PROVIDER_SETTINGS, readProviderSettings } from './provider-settings.ts';
import { REGISTRATION_VARIABLES, readRegistrationVariables } from './registration-environment.ts';
import { readShare } from './share-of-requests.ts';
import { readTelemetrySettings, type TelemetrySettings } from './telemetry/telemetry-settings.ts';

/** Everything that is decided before the server starts, from the environment and the command line. */
export interface Config {
  readonly dataDir: string;
  /** A PostgreSQL database instead of the file in the data folder. It may hold a password. */
  readonly databaseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  /** The origin under which people reach this server, if it is not the address that it listens on. */
  readonly publicUrl: string | undefined;
  readonly limitsEnabled: boolean;
  readonly adminEmail: string;
  /** What the first administrator signs in with, as long as they have no password of their own. */
  readonly adminPassword: string | undefined;
  /** The first administrator's key, if it is to be a given one. */
  readonly initialApiKey: string | undefined;
  /** What answers models that have no channel of their own; undefined lets the local engine or the simulator. */
  readonly upstream: UpstreamChoice | undefined;
  /** Fetch the small local model if it is not there yet. */
  readonly fetchLocalModel: boolean;
  /** A weights file or its address, instead of the usual model. */
  readonly weights: string | undefined;
  readonly logLevel: LogLevel;
  /** The share of the requests that went well that is logged, 0 to 1. */
  readonly logSample: number;
  /** Whom OpenTelemetry's traces and metrics go to, if to anybody. */
  readonly telemetry: TelemetrySettings | undefined;
  /** Whoever sends it may read `/metrics`; without one only a server that listens on loopback shows them. */
  readonly metricsToken: string | undefined;
  /** What letters to people leave by. */
  readonly mail: MailSettings;
  /** Who else may say who somebody is. */
  readonly providers: ProviderSettings;
  /** Proxies before this server, whose word about where a request comes from is taken. */
  readonly trustedProxies: readonly Network[];
  /** What of the registration's settings is not to be changed here, by the name in the store. */
  readonly registration: ReadonlyMap<string, string>;
  /** Open requests get this long after SIGTERM. */
  readonly graceMs: number;
  /** Settings that are understood but not used by this version, by name. */
  readonly unused: readonly string[];
}

export type UpstreamChoice =
  | { readonly kind: 'simulator' | 'local' }
  | {
      readonly kind: 'openai-compatible';
      readonly name: string;
      readonly baseUrl: string;
      readonly key: string | undefined;
      readonly model: string | undefined;
    };

export interface ServeOptions {
  readonly local?: boolean | undefined;
  readonly weights?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
}

/** What the environment may set. */
export const SETTINGS = [
  'TURNPIKE_DATA_DIR',
  'TURNPIKE_HOST',
  'TURNPIKE_PORT',
  'TURNPIKE_PUBLIC_URL',
  'TURNPIKE_LIMITS',
  'TURNPIKE_DATABASE_URL',
  'TURNPIKE_VALKEY_URL',
  'TURNPIKE_ADMIN_EMAIL',
  'TURNPIKE_ADMIN_PASSWORD',
  'TURNPIKE_INITIAL_API_KEY',
  'TURNPIKE_UPSTREAM',
  'TURNPIKE_UPSTREAM_KEY',
  'TURNPIKE_UPSTREAM_MODEL',
  'TURNPIKE_LOG_LEVEL',
  'TURNPIKE_LOG_SAMPLE',
  'TURNPIKE_GRACE_SECONDS',
  'TURNPIKE_METRICS_TOKEN',
  ...REGISTRATION_VARIABLES,
  'TURNPIKE_SMTP_URL',
  'TURNPIKE_MAIL_FROM',
  ...PROVIDER_SETTINGS,
  'TURNPIKE_TRUSTED_PROXIES',
] as const;
type SettingName = (typeof SETTINGS)[number];

/** Beside whatever folder the program is started in. */
export const DEFAULT_DATA_DIR = 'data';

const LIMITS: readonly string[] = ['catalogue', 'off'];
const LOG_LEVELS: readonly string[] = ['info', 'warn', 'error'];
const UPSTREAMS: readonly string[] = ['simulator', 'local', 'xai'];
const XAI_BASE_URL = 'https://api.x.ai/v1';

/** Reads and checks all settings; every problem is reported, not only the first. Options win over the environment. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  options: ServeOptions,
  { isTerminal }: { isTerminal: boolean },
): { config: Config } | { problems: readonly ConfigurationProblem[] } {
  const problems: ConfigurationProblem[] = [];
  const report = (problem: ConfigurationProblem) => void problems.push(problem);
  // An empty variable means the same as none.
  const read = (name: SettingName) => {
    const value = environment[name]?.trim() || undefined;
    return isKubernetesLink(name, value) ? undefined : value;
  };

  const portText = options.port ?? read('TURNPIKE_PORT') ?? '7070';
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port > 65_535) {
    report({ kind: 'port', name: 'TURNPIKE_PORT', value: portText });
  }
  // An IPv6 address may stand in brackets, as in a URL.
  const host = (options.host ?? read('TURNPIKE_HOST') ?? '127.0.0.1').trim().replace(/^\[(.+)\]$/, '$1');
  if (!isIPv6(host) && !/^[\w.-]+$/.test(host)) {
    report({ kind: 'host', name: 'TURNPIKE_HOST', value: host });
  }
  const publicUrl = readPublicUrl(read, report);
  const limits = read('TURNPIKE_LIMITS') ?? 'catalogue';
  if (!LIMITS.includes(limits)) {
    report({ kind: 'one-of', name: 'TURNPIKE_LIMITS', value: limits, allowed: LIMITS });
  }
  const initialApiKey = read('TURNPIKE_INITIAL_API_KEY');
  if (initialApiKey !== undefined && !isApiKey(initialApiKey)) {
    report({ kind: 'api-key', name: 'TURNPIKE_INITIAL_API_KEY' });
  }
  const adminEmail = read('TURNPIKE_ADMIN_EMAIL') ?? PLACEHOLDER_EMAIL;
  if (readEmail(adminEmail) === undefined)
    report({ kind: 'email', name: 'TURNPIKE_ADMIN_EMAIL', value: adminEmail });
  const adminPassword = read('TURNPIKE_ADMIN_PASSWORD');
  const passwordProblem = adminPassword === undefined ? undefined : passwordFault(adminPassword);
  if (passwordProblem === 'too-short')
    report({
      kind: 'too-short',
      name: 'TURNPIKE_ADMIN_PASSWORD',
      leastCharacters: PASSWORD_LEAST_CHARACTERS,
    });
  else if (passwordProblem !== undefined) report({ kind: 'weak-password', name: 'TURNPIKE_ADMIN_PASSWORD' });
  const logLevel = read('TURNPIKE_LOG_LEVEL') ?? (isTerminal ? 'warn' : 'info');
  if (!LOG_LEVELS.includes(logLevel)) {
    report({ kind: 'one-of', name: 'TURNPIKE_LOG_LEVEL', value: logLevel, allowed: LOG_LEVELS });
  }
  const logSample = readShare(read('TURNPIKE_LOG_SAMPLE') ?? '1');
  if (logSample === undefined)
    report({ kind: 'share', name: 'TURNPIKE_LOG_SAMPLE', value: read('TURNPIKE_LOG_SAMPLE') ?? '' });
  const grace = read('TURNPIKE_GRACE_SECONDS') ?? '30';
  if (!/^\d{1,4}$/.test(grace)) {
    report({ kind: 'number', name: 'TURNPIKE_GRACE_SECONDS', value: grace, least: 0, most: 9_999 });
  }
  const databaseUrl = read('TURNPIKE_DATABASE_URL');
  // It is never repeated: there may be a password in it, wherever it is mistyped.
  if (databaseUrl !== undefined && !isPostgresUrl(databaseUrl))
    report({ kind: 'database-url', name: 'TURNPIKE_DATABASE_URL' });
  // To ignore this would leave limits to each process that somebody wants to be shared.
  if (read('TURNPIKE_VALKEY_URL') !== undefined) report({ kind: 'not-offered', name: 'TURNPIKE_VALKEY_URL' });
  for (const [name, value] of Object.entries(environment)) reportUnknown(name, value, report);
  const trustedProxies = readNetworks('TURNPIKE_TRUSTED_PROXIES', read, report);
  const upstream = readUpstream(read, report);
  const registration = readRegistrationVariables(environment, report);
  const signIn = { mail: readMailSettings(read, report), providers: readProviderSettings(read, report) };
  const telemetry = readTelemetrySettings(environment, report);
  if (problems.length > 0) return { problems };
  return {
    config: {
      dataDir: resolve(read('TURNPIKE_DATA_DIR') ?? DEFAULT_DATA_DIR),
      databaseUrl,
      host,
      port,
      publicUrl,
      limitsEnabled: limits === 'catalogue',
      adminEmail,
      adminPassword,
      initialApiKey,
      upstream,
      fetchLocalModel: options.local === true || options.weights !== undefined || upstream?.kind === 'local',
      weights: options.weights,
      logLevel: logLevel as LogLevel,
      logSample: logSample ?? 1,
      telemetry,
      metricsToken: read('TURNPIKE_METRICS_TOKEN'),
      ...signIn,
      trustedProxies,
      registration,
      graceMs: Number(grace) * 1_000,
      unused: [],
    },
  };
}

/** An origin. A path behind it would not be served, and a password in it would be shown to everybody. */
function readPublicUrl(
  read: (name: SettingName) => string | undefined,
  report: (problem: ConfigurationProblem) => void,
): string | undefined {
  const name = 'TURNPIKE_PUBLIC_URL';
  const value = read(name);
  if (value === undefined) return undefined;
  const url = URL.parse(value);
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isOrigin) return url.origin;
  report({ kind: 'url', name, value: value.replace(/\/\/[^/]*@/, '//***@') });
  return undefined;
}

/** Networks between commas. */
function readNetworks(
  name: SettingName,
  read: (name: SettingName) => string | undefined,
  report: (problem: ConfigurationProblem) => void,
): readonly Network[] {
  const networks: Network[] = [];
  for (const part of read(name)?.split(',') ?? []) {
    const value = part.trim();
    const network = parseNetwork(value);
    if (network === undefined) report({ kind: 'network', name, value });
    else networks.push(network);
  }
  return networks;
}

function readUpstream(
  read: (name: SettingName) => string | undefined,
  report: (problem: ConfigurationProblem) => void,
): UpstreamChoice | undefined {
  const choice = read('TURNPIKE_UPSTREAM');
  const key = read('TURNPIKE_UPSTREAM_KEY');
  const model = read('TURNPIKE_UPSTREAM_MODEL');
  if (choice === undefined) {
    // Somebody expects their upstream to answer, and a simulator would.
    if (key !== undefined)
      report({ kind: 'needs', name: 'TURNPIKE_UPSTREAM_KEY', other: 'TURNPIKE_UPSTREAM' });
    if (model !== undefined)
      report({ kind: 'needs', name: 'TURNPIKE_UPSTREAM_MODEL', other: 'TURNPIKE_UPSTREAM' });
    return undefined;
  }
  if (choice === 'simulator' || choice === 'local') return { kind: choice };
  if (choice === 'xai') {
    if (key === undefined) {
      report({ kind: 'needs', name: 'TURNPIKE_UPSTREAM=xai', other: 'TURNPIKE_UPSTREAM_KEY' });
    }
    return { kind: 'openai-compatible', name: 'xai', baseUrl: XAI_BASE_URL, key, model };
  }
  // Without a scheme it may be a misspelt name of the list as well as a host.
  const hasScheme = /^https?:\/\//i.test(choice);
  const baseUrl = hasScheme ? readUpstreamAddress(choice) : undefined;
  if (baseUrl === undefined || isRefusal(baseUrl)) {
    // A password in an address stays out of terminals and logs.
    const value = choice.replace(/\/\/[^/]*@/, '//***@');
    if (hasScheme) report({ kind: 'url', name: 'TURNPIKE_UPSTREAM', value });
    else report({ kind: 'url-or-one-of', name: 'TURNPIKE_UPSTREAM', value, allowed: UPSTREAMS });
    return undefined;
  }
  return { kind: 'openai-compatible', name: new URL(baseUrl).host, baseUrl, key, model };
}

/** A misspelt setting that is silently ignored costs an evening, so it is reported with what was probably meant. */
function reportUnknown(
  name: string,
  value: string | undefined,
  report: (problem: ConfigurationProblem) => void,
): void {
  if (!name.startsWith('TURNPIKE_') || name.startsWith('TURNPIKE_TEST_')) return;
  if (SETTINGS.some((setting) => setting === name) || isKubernetesLink(name, value)) return;
  const meant = SETTINGS.find((setting) => distance(setting, name) <= 3);
  report({ kind: 'unknown', name, meant });
}

/** Kubernetes describes a service called `turnpike` to every container in variables of these names. */
function isKubernetesLink(name: string, value: string | undefined): boolean {
  return (
    /^TURNPIKE_(?:SERVICE_(?:HOST|PORT)|PORT_\d+_(?:TCP|UDP))/.test(name) ||
    (name === 'TURNPIKE_PORT' && /^(?:tcp|udp):\/\//.test(value ?? ''))
  );
}

/** Letters to change, add or take out to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
