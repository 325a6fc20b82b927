import { type AddressFault, isRefusal } from '../../domain/refusal.ts';
import { readUpstreamAddress } from '../upstream-address.ts';
import { type CurlFault, isCurl, readCurl } from './curl-command.ts';
import { baseOfProvider, PROVIDERS, type Provider, providerAt, providersOfKey } from './providers.ts';
import { serverAtPort } from './usual-servers.ts';

/** What a person has pasted, as far as it could be understood. The key is never shown again. */
export interface PastedUpstream {
  readonly kind: 'upstream';
  readonly provider: Provider | undefined;
  /** What it is called until it is given a name: a provider's, or the host. */
  readonly label: string;
  readonly baseUrl: string;
  readonly key: string | undefined;
  readonly model: string | undefined;
}

export interface PastedUnclear {
  readonly kind: 'unclear';
  readonly why: PasteFault;
  /** Whose key it may be, when that is what is not clear. */
  readonly candidates: readonly Provider[];
}

export type PasteFault =
  | CurlFault
  | `address-${AddressFault}`
  | 'empty'
  | 'nothing-found'
  | 'which-provider'
  /** The key goes to one address; two were given. */
  | 'two-addresses';

export interface Paste {
  readonly text: string;
  /** The provider's id, when the person was asked. */
  readonly provider?: string | undefined;
  /** A key that is given by itself. */
  readonly key?: string | undefined;
}

/** Understands a key, a base URL, a curl command, or lines of settings with both. */
export function readPasted({
  text,
  provider: chosenId,
  key: givenKey,
}: Paste): PastedUpstream | PastedUnclear {
  const trimmed = text.trim();
  if (trimmed === '') return unclear('empty');
  if (trimmed.length > 100_000) return unclear('too-long');
  const parts = isCurl(trimmed) ? readCurl(trimmed) : readLoose(trimmed);
  if (typeof parts === 'string') return unclear(parts);
  const key = givenKey?.trim() || parts.key;
  const chosen = PROVIDERS.find(({ id }) => id === chosenId);
  if (parts.url === undefined) return fromKey(key, parts.model, chosen);
  const address = readUpstreamAddress(withoutQuery(parts.url));
  if (isRefusal(address)) return unclear(`address-${address.facts.why as AddressFault}`);
  const provider = providerAt(address);
  const baseUrl = provider === undefined ? address : baseOfProvider(provider, address);
  const label = (provider ?? serverAtPort(baseUrl))?.label ?? new URL(baseUrl).host;
  return { kind: 'upstream', provider, label, baseUrl, key, model: parts.model };
}

function fromKey(
  key: string | undefined,
  model: string | undefined,
  chosen: Provider | undefined,
): PastedUpstream | PastedUnclear {
  if (key === undefined) return unclear('nothing-found');
  const candidates = providersOfKey(key);
  const provider = chosen ?? (candidates.length === 1 ? candidates[0] : undefined);
  if (provider === undefined)
    return unclear('which-provider', candidates.length > 0 ? candidates : PROVIDERS);
  return { kind: 'upstream', provider, label: provider.label, baseUrl: provider.baseUrl, key, model };
}

interface Parts {
  readonly url: string | undefined;
  readonly key: string | undefined;
  readonly model: string | undefined;
}

/** Settings have many shapes (`KEY=…`, JSON, YAML, a line of an e-mail); addresses and keys look alike in all. */
function readLoose(text: string): Parts | PasteFault {
  const words = text.split(/[\s"'`,;{}()<>=]+/).filter((word) => word !== '');
  const urls = [...new Set(words.filter((word) => /^https?:\/\/./i.test(word)))];
  if (urls.length > 1) return 'two-addresses';
  const [only] = words.length === 1 ? words : [];
  const bareHost = words.find((word) => isBareHost(word));
  const keys = words.filter((word) => word !== bareHost && looksLikeKey(word));
  const url = urls[0] ?? bareHost ?? (only !== undefined && !looksLikeKey(only) ? only : undefined);
  if (url === undefined && keys.length === 0) return 'nothing-found';
  return { url, key: keys[0], model: /model\w*["']?\s*[=:]\s*["']?([\w./:@-]{1,200})/i.exec(text)?.[1] };
}

function isBareHost(word: string): boolean {
  if (providersOfKey(word).length > 0) return false;
  return /^(?:[a-z0-9-]+(?=:\d{2,5}(?:\/|$))|localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]|(?:[a-z0-9-]+\.)+[a-z]{2,})(?::\d{1,5})?(?:\/\S*)?$/i.test(
    word,
  );
}

function looksLikeKey(word: string): boolean {
  if (!/^[\x21-\x7e]{16,4096}$/.test(word) || word.includes('://')) return false;
  return providersOfKey(word).length > 0 || (/\d/.test(word) && /[A-Za-z]/.test(word) && !isBareHost(word));
}

/** Whoever copies a whole request copies its query too, in which nothing of the base URL stands. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

function unclear(why: PasteFault, candidates: readonly Provider[] = []): PastedUnclear {
  return { kind: 'unclear', why, candidates };
}

/** A key so that its owner knows it and nobody else can use it. */
export function shownKey(key: string): string {
  const [prefix = ''] = /^[a-z]{2,6}[-_]/i.exec(key) ?? [];
  return key.length >= prefix.length + 16 ? `${prefix}…${key.slice(-4)}` : '…';
}
