/** Hosts where dots in the name before the `@` mean nothing. */
const DOTLESS: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);

/**
 * One spelling for all addresses that arrive in one mailbox, as well as one can tell: what follows a `+` is a label of
 * the person's own, and some hosts do not look at dots. It is compared and never written to.
 */
export function mailboxOf(email: string): string {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  // An address may begin with a plus, and is then nothing but that.
  const name = local.replace(/(?<=.)\+.*$/, '');
  return DOTLESS.has(domain) ? `${name.replaceAll('.', '')}@gmail.com` : `${name}@${domain}`;
}
