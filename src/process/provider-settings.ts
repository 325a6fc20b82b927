import type { ProviderClient, ProviderSettings } from '../identity/sign-in/providers.ts';
import type { ConfigurationProblem } from '../language/sentences.ts';

/** What the environment may set about who else says who somebody is. */
export const PROVIDER_SETTINGS = [
  'TURNPIKE_GITHUB_CLIENT_ID',
  'TURNPIKE_GITHUB_CLIENT_SECRET',
  'TURNPIKE_GOOGLE_CLIENT_ID',
  'TURNPIKE_GOOGLE_CLIENT_SECRET',
  'TURNPIKE_OIDC_ISSUER',
  'TURNPIKE_OIDC_CLIENT_ID',
  'TURNPIKE_OIDC_CLIENT_SECRET',
  'TURNPIKE_OIDC_NAME',
] as const;
type Name = (typeof PROVIDER_SETTINGS)[number];

type Read = (name: Name) => string | undefined;
type Report = (problem: ConfigurationProblem) => void;

/** Half a provider is a mistake, and is said to be one. */
export function readProviderSettings(read: Read, report: Report): ProviderSettings {
  const github = readClient('TURNPIKE_GITHUB_CLIENT', read, report);
  const google = readClient('TURNPIKE_GOOGLE_CLIENT', read, report);
  const client = readClient('TURNPIKE_OIDC_CLIENT', read, report);
  const issuer = readIssuer(read, report);
  if ((client === undefined) !== (issuer === undefined)) {
    const [name, other] = ['TURNPIKE_OIDC_ISSUER', 'TURNPIKE_OIDC_CLIENT_ID'] as const;
    report({ kind: 'needs', ...(issuer === undefined ? { name: other, other: name } : { name, other }) });
  }
  return {
    ...(github && { github }),
    ...(google && { google }),
    ...(client &&
      issuer && { oidc: { ...client, issuer, name: read('TURNPIKE_OIDC_NAME') ?? new URL(issuer).host } }),
  };
}

function readClient(
  prefix: 'TURNPIKE_GITHUB_CLIENT' | 'TURNPIKE_GOOGLE_CLIENT' | 'TURNPIKE_OIDC_CLIENT',
  read: Read,
  report: Report,
): ProviderClient | undefined {
  const [idName, secretName] = [`${prefix}_ID`, `${prefix}_SECRET`] as const;
  const [clientId, clientSecret] = [read(idName), read(secretName)];
  if (clientId === undefined && clientSecret === undefined) return undefined;
  if (clientId === undefined) report({ kind: 'needs', name: secretName, other: idName });
  if (clientSecret === undefined) report({ kind: 'needs', name: idName, other: secretName });
  return { clientId: clientId ?? '', clientSecret: clientSecret ?? '' };
}

/** An https address, or one on this machine. Its path is part of its name. */
function readIssuer(read: Read, report: Report): string | undefined {
  const name = 'TURNPIKE_OIDC_ISSUER';
  const value = read(name);
  if (value === undefined) return undefined;
  const url = URL.parse(value);
  const isHere = url !== null && /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
  const isUsable = url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere);
  if (url !== null && isUsable && `${url.username}${url.password}${url.search}${url.hash}` === '')
    return value.replace(/\/+$/, '');
  report({ kind: 'url', name, value: value.replace(/\/\/[^/]*@/, '//***@').replace(/[?#].*$/, '') });
  return undefined;
}
