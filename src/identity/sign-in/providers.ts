import type { BetterAuthPlugin } from 'better-auth';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';

/** What a provider knows us by. */
export interface ProviderClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Who else may say who somebody is. */
export interface ProviderSettings {
  readonly github?: ProviderClient;
  readonly google?: ProviderClient;
  /** Any server that speaks OpenID Connect. */
  readonly oidc?: ProviderClient & { readonly issuer: string; readonly name: string };
}

/** As its callback's address has it. */
const OIDC = 'oidc';

/**
 * Providers of fixed addresses. None makes accounts: who may have one is decided by the operator or by registration,
 * which knows of invitations and of a day's credit.
 */
export function socialProviders({ github, google }: ProviderSettings) {
  return {
    ...(github && { github: { ...github, disableSignUp: true } }),
    ...(google && { google: { ...google, disableSignUp: true } }),
  };
}

/** OpenID Connect: with state, nonce and PKCE, and an ID token that the issuer's own keys have signed. */
export function openIdConnect({ oidc }: ProviderSettings): readonly BetterAuthPlugin[] {
  if (oidc === undefined) return [];
  const config = {
    providerId: OIDC,
    name: oidc.name,
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    discoveryUrl: `${oidc.issuer}/.well-known/openid-configuration`,
    requireIdTokenVerification: true,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    disableSignUp: true,
  };
  const plugin = genericOAuth({ config: [config] });
  return [
    {
      ...plugin,
      // Left to itself it asks the issuer when sign-in is loaded, and waits for ever: an issuer that is away would keep
      // everybody out. So it is asked by whoever first uses it, for ten seconds at most.
      init: () => ({ context: { genericOAuthPendingDiscovery: new Map([[OIDC, config]]) } }),
    } as unknown as BetterAuthPlugin,
  ];
}
