import type { FetchAttempt, FetchFault } from '../../language/sentences.ts';
import type { ProgramEnd } from './run-program.ts';

/** A source that was tried in vain. */
export interface FailedSource extends FetchAttempt {
  /** For the operator's log; no credential is in it. */
  readonly detail: string;
}

/** Something went wrong on the way to a file, with what people are told of it and what the log is. */
export class FetchError extends Error {
  override readonly name: string = 'FetchError';
  readonly fault: FetchFault;

  constructor(fault: FetchFault, detail: string) {
    super(detail);
    this.fault = fault;
  }
}

/** The kind of a failure, whatever was thrown. */
export function faultOf(error: unknown): FetchFault {
  if (error instanceof FetchError) return error.fault;
  const { code = '', name = '' } = (error ?? {}) as { code?: string; name?: string };
  if (name === 'AbortError') return 'interrupted';
  return SYSTEM_FAULTS[code] ?? 'failed';
}

/** What a thrown thing is called in the log. A message of the system may hold an address, so its code stands in. */
export function detailOf(error: unknown): string {
  if (error instanceof FetchError) return error.message;
  const { code, name } = (error ?? {}) as { code?: string; name?: string };
  return code || name || 'unknown';
}

const SYSTEM_FAULTS: Readonly<Record<string, FetchFault>> = {
  ENOSPC: 'no-space',
  EDQUOT: 'no-space',
  EACCES: 'not-writable',
  EPERM: 'not-writable',
  EROFS: 'not-writable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ConnectionRefused: 'unreachable',
  ConnectionClosed: 'unreachable',
  FailedToOpenSocket: 'unreachable',
  ETIMEDOUT: 'timed-out',
};

/**
 * What npm, Bun and pip say of the same few mishaps, the telling ones first: each ends with a general complaint, pip
 * with "no matching distribution" when it could not reach anything.
 */
const SAID: readonly (readonly [RegExp, FetchFault])[] = [
  [/EBADPLATFORM/, 'unsupported-platform'],
  [/ENOSPC|No space left on device/i, 'no-space'],
  [/EINTEGRITY|integrity check(?:sum)? failed|do not match the hashes/i, 'checksum'],
  [/ETIMEDOUT|ERR_SOCKET_TIMEOUT|ConnectTimeout|timed? ?out/i, 'timed-out'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|E(?:HOST|NET)UNREACH|ConnectionRefused|FailedToOpenSocket|DNSResolveFailed|NewConnectionError|ProxyError|Network is unreachable|Connection refused|name resolution|Name or service not known/i,
    'unreachable',
  ],
  [/EACCES|EROFS|Permission denied|Read-only file system/i, 'not-writable'],
  [
    /\bE40[134]\b|\bE5\d\d\b|ETARGET|No matching (?:version|distribution)|HTTP error|\b(?:403|404|5\d\d)\b/i,
    'refused',
  ],
];

/** The kind of failure of a package manager. */
export function faultOfProgram(end: ProgramEnd & { readonly ok: false }): FetchFault {
  switch (end.reason) {
    case 'not-found':
      return 'missing-tool';
    case 'too-slow':
      return 'timed-out';
    case 'aborted':
      return 'interrupted';
    case 'failed':
      return SAID.find(([words]) => words.test(end.output))?.[1] ?? 'failed';
  }
}
