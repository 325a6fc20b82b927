/** Neither another host, as `//host` and `/\\host` name one, nor anything that a header could not hold. */
const OWN_PATH = /^\/(?![/\\])[\w./?=&%:-]*$/;

/**
 * What is asked of a provider: which one, and where on this server to go afterwards. Whatever else better-auth would take
 * (a token of the caller's own, other scopes, another page for errors) is left out.
 */
export function providerRequest({
  provider,
  callbackURL,
}: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const path = typeof callbackURL === 'string' && OWN_PATH.test(callbackURL) ? callbackURL : '/console';
  return { provider: String(provider), callbackURL: path, errorCallbackURL: '/sign-in' };
}
