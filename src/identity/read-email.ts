const MAXIMUM_CHARACTERS = 254;
const LOCAL_PART = /^(?!\.)(?!.*\.\.)[a-z0-9_'+.-]{0,63}[a-z0-9_+-]$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * An e-mail address as it is stored: lower-case, and of the characters that sign-in accepts. A domain without a dot
 * is an address too, because a fresh installation's owner is `owner@localhost`. Undefined for anything else.
 */
export function readEmail(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > MAXIMUM_CHARACTERS) return undefined;
  const [local, domain, ...rest] = trimmed.toLowerCase().split('@');
  if (local === undefined || domain === undefined || rest.length > 0) return undefined;
  return LOCAL_PART.test(local) && DOMAIN.test(domain) ? `${local}@${domain}` : undefined;
}
