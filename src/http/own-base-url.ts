/** A host name, an IPv4 address or a bracketed IPv6 address, with or without a port. */
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?$/;

/** What a request says about the address that it was sent to. */
export interface AddressedTo {
  readonly host: string | undefined;
  /** `X-Forwarded-Proto`, which a proxy that ends TLS sets. */
  readonly forwardedProtocol?: string | undefined;
}

/**
 * The base URL under which the reader of a page reached this server, without a trailing slash and without `/v1`:
 * the request's own host when it is a plain one, else the configured address. Only ever shown back to the sender of
 * the request; nothing may be decided by it.
 */
export function ownBaseUrl(addressedTo: AddressedTo, configured: string): string {
  const { host, forwardedProtocol } = addressedTo;
  const fallback = configured.replace(/\/+$/, '');
  if (host === undefined || !HOST.test(host)) return fallback;
  const protocol = forwardedProtocol === 'https' || fallback.startsWith('https:') ? 'https' : 'http';
  const candidate = `${protocol}://${host}`;
  return URL.canParse(candidate) ? candidate : fallback;
}

/** Whether the address reaches this machine only from itself. */
export function isLoopback(baseUrl: string): boolean {
  return /^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i.test(baseUrl);
}
