import type { FetchFault } from '../../language/sentences.ts';
import { FetchError } from './fetch-failure.ts';

/** The chain from a model hub to its storage is one or two long. */
const REDIRECTS_AT_MOST = 5;

const FINAL = { isFinal: true } as const;

/** What a server said about a file before its bytes. */
export interface DownloadResponse {
  readonly response: Response;
  /** The file's whole length, when it was told. */
  readonly totalBytes: number | undefined;
  /** Where the body begins in the file: 0, or where a resumed download goes on. */
  readonly offset: number;
  /** Tells whether the file is still the same one; undefined when the server has no such mark. */
  readonly validator: string | undefined;
  /** The SHA-256 that the server states, in hexadecimal. */
  readonly statedSha256: string | undefined;
}

/** The bytes that are here already, and the mark of the file they are of. */
export interface ResumePoint {
  readonly offset: number;
  readonly validator: string;
}

/** A download cannot be had or went wrong. `isFinal` when trying again would be of no use. */
export class DownloadError extends FetchError {
  override readonly name = 'DownloadError';
  readonly isFinal: boolean;

  constructor(fault: FetchFault, detail: string, { isFinal }: { readonly isFinal: boolean }) {
    super(fault, detail);
    this.isFinal = isFinal;
  }
}

/** Asks for a file, or for the rest of it, following redirects by hand because their heads tell the checksum. */
export async function requestFile(
  url: string,
  resume: ResumePoint | undefined,
  signal: AbortSignal,
): Promise<DownloadResponse> {
  let at = new URL(url);
  let statedSha256: string | undefined;
  let statedBytes: number | undefined;
  for (let hop = 0; hop <= REDIRECTS_AT_MOST; hop += 1) {
    const response = await fetch(at, { headers: requestHeaders(resume), redirect: 'manual', signal });
    // Hugging Face states size and checksum of the file behind a redirect in the redirect itself.
    statedSha256 ??= sha256In(response.headers.get('x-linked-etag'));
    statedBytes ??= countIn(response.headers.get('x-linked-size'));
    // The bytes that are here reach to the end of the file or beyond it; which of the two, only a new copy tells.
    if (response.status === 416 && resume !== undefined) {
      await response.body?.cancel();
      return requestFile(url, undefined, signal);
    }
    if (response.status < 300 || response.status >= 400) {
      return readHead(response, resume, statedBytes, statedSha256);
    }
    await response.body?.cancel();
    const location = response.headers.get('location');
    if (location === null) throw new DownloadError('refused', 'the server redirects to nowhere', FINAL);
    const next = new URL(location, at);
    if (next.protocol !== 'https:' && next.protocol !== at.protocol) {
      throw new DownloadError('refused', 'the server redirects away from https', FINAL);
    }
    at = next;
  }
  throw new DownloadError('refused', 'the server redirects without end', FINAL);
}

function requestHeaders(resume: ResumePoint | undefined): Record<string, string> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (resume !== undefined) {
    headers.range = `bytes=${resume.offset}-`;
    headers['if-range'] = resume.validator;
  }
  return headers;
}

async function readHead(
  response: Response,
  resume: ResumePoint | undefined,
  statedBytes: number | undefined,
  statedSha256: string | undefined,
): Promise<DownloadResponse> {
  const { status, headers } = response;
  const etag = headers.get('etag');
  // A weak mark vouches for the meaning only, not for the bytes.
  const validator = etag === null || etag.startsWith('W/') ? undefined : etag;
  const common = { response, validator, statedSha256 };
  if (status === 200) {
    return { ...common, offset: 0, totalBytes: countIn(headers.get('content-length')) ?? statedBytes };
  }
  await (status === 206 ? undefined : response.body?.cancel());
  if (status === 206 && resume !== undefined) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
    if (Number(range?.[1]) === resume.offset) {
      return { ...common, offset: resume.offset, totalBytes: countIn(range?.[2] ?? null) ?? statedBytes };
    }
    await response.body?.cancel();
    throw new DownloadError('refused', 'the server sent another part than was asked for', { isFinal: false });
  }
  const isPassing = status === 408 || status === 429 || status >= 500;
  const fault = status === 404 || status === 410 ? 'not-found' : 'refused';
  throw new DownloadError(fault, `the server answered ${status}`, { isFinal: !isPassing });
}

function sha256In(header: string | null): string | undefined {
  const value = header?.replace(/^W\//, '').replaceAll('"', '').toLowerCase();
  return value !== undefined && /^[0-9a-f]{64}$/.test(value) ? value : undefined;
}

function countIn(header: string | null): number | undefined {
  const count = header !== null && /^\d{1,15}$/.test(header.trim()) ? Number(header) : undefined;
  return count;
}
