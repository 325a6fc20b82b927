import { createHash } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import type { FetchFault } from '../../language/sentences.ts';
import { DownloadError, type DownloadResponse, requestFile } from './download-request.ts';
import { detailOf, faultOf } from './fetch-failure.ts';
import { sha256OfFile } from './file-digest.ts';
import { type PartialDownload, partialDownload } from './partial-download.ts';

export interface DownloadLimits {
  /** Until the server's response head. Short, so that a closed network is noticed quickly. */
  readonly headMs: number;
  /** Between two pieces of the file. */
  readonly stallMs: number;
  /** For everything together. */
  readonly totalMs: number;
  /** How often a download that broke off is taken up again. */
  readonly resumes: number;
  /** Before a broken download is taken up again; twice as long each time. */
  readonly pauseMs: number;
}

export const DOWNLOAD_LIMITS: DownloadLimits = {
  headMs: 8_000,
  stallMs: 30_000,
  totalMs: 3 * 60 * 60 * 1_000,
  resumes: 5,
  pauseMs: 1_000,
};

const PASSING = { isFinal: false } as const;

export interface Download {
  readonly url: string;
  readonly into: string;
  /** Known beforehand; a file that differs is not kept. */
  readonly sha256?: string | undefined;
  readonly onProgress: (doneBytes: number, totalBytes: number | undefined) => void;
  /** Called when the file is whole, before its checksum is known. */
  readonly onWhole: () => void;
  readonly limits: DownloadLimits;
  readonly signal: AbortSignal;
}

export type Downloaded =
  | {
      readonly ok: true;
      readonly sha256: string;
      readonly sizeBytes: number;
      readonly checkedAgainst: 'pinned checksum' | 'server checksum' | 'length only' | 'nothing';
    }
  | { readonly ok: false; readonly fault: FetchFault; readonly detail: string };

/**
 * Downloads a file beside its place and moves it there when it is whole and its checksum is right. A download
 * that breaks off goes on where it stopped, now or at the next start, if the server can tell that the file is
 * still the same. The details it gives never hold the address, which may hold a credential.
 */
export async function downloadFile(download: Download): Promise<Downloaded> {
  const { url, into, limits, signal } = download;
  const partial = partialDownload(into, createHash('sha256').update(url).digest('hex'));
  const whole = AbortSignal.any([signal, AbortSignal.timeout(limits.totalMs)]);
  let hasAnswered = false;
  const onAnswer = () => {
    hasAnswered = true;
  };
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await keepIfRight(download, partial, await downloadOnce(download, partial, onAnswer, whole));
    } catch (error) {
      const { isFinal, ...why } = await judge(error, partial, hasAnswered);
      if (signal.aborted) return { ok: false, fault: 'interrupted', detail: 'it was interrupted' };
      if (whole.aborted) return { ok: false, fault: 'timed-out', detail: 'it took too long' };
      // A server that never answered is not asked again: the caller has other sources.
      if (isFinal || !hasAnswered || attempt >= limits.resumes) return { ok: false, ...why };
      await pause(limits.pauseMs * 2 ** attempt, whole);
    }
  }
}

async function downloadOnce(
  { url, onProgress, limits }: Download,
  partial: PartialDownload,
  onAnswer: () => void,
  whole: AbortSignal,
): Promise<DownloadResponse> {
  const patience = new AbortController();
  let timer = setTimeout(
    () => patience.abort(new DownloadError('timed-out', 'the server does not answer', PASSING)),
    limits.headMs,
  );
  const signal = AbortSignal.any([whole, patience.signal]);
  try {
    const answer = await requestFile(url, await partial.resumePoint(), signal);
    onAnswer();
    await partial.begin(answer.validator);
    const file = await open(partial.path, answer.offset > 0 ? 'a' : 'w');
    let doneBytes = answer.offset;
    try {
      for await (const piece of answer.response.body ?? []) {
        clearTimeout(timer);
        timer = setTimeout(
          () => patience.abort(new DownloadError('timed-out', 'the download stalled', PASSING)),
          limits.stallMs,
        );
        await file.write(piece);
        doneBytes += piece.length;
        if (answer.totalBytes !== undefined && doneBytes > answer.totalBytes) {
          throw new DownloadError('checksum', 'the file is longer than the server said', { isFinal: true });
        }
        onProgress(doneBytes, answer.totalBytes);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    if (answer.totalBytes !== undefined && doneBytes < answer.totalBytes) {
      throw new DownloadError('broke-off', 'the connection broke off', PASSING);
    }
    return answer;
  } catch (error) {
    throw patience.signal.aborted ? patience.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

async function keepIfRight(
  { into, sha256: pinned, onWhole, signal }: Download,
  partial: PartialDownload,
  { statedSha256, totalBytes }: DownloadResponse,
): Promise<Downloaded> {
  onWhole();
  const sha256 = await sha256OfFile(partial.path, signal);
  const { size: sizeBytes } = await stat(partial.path);
  const wanted = pinned ?? statedSha256;
  if (wanted !== undefined && sha256 !== wanted) {
    await partial.discard();
    return { ok: false, fault: 'checksum', detail: 'the file does not have the right checksum' };
  }
  await rename(partial.path, into);
  await partial.discard();
  const kept = { ok: true, sha256, sizeBytes } as const;
  if (pinned !== undefined) return { ...kept, checkedAgainst: 'pinned checksum' };
  if (statedSha256 !== undefined) return { ...kept, checkedAgainst: 'server checksum' };
  return { ...kept, checkedAgainst: totalBytes === undefined ? 'nothing' : 'length only' };
}

async function judge(
  error: unknown,
  partial: PartialDownload,
  hasAnswered: boolean,
): Promise<{ fault: FetchFault; detail: string; isFinal: boolean }> {
  if (error instanceof DownloadError) {
    // Bytes that cannot be continued are worth nothing; the next attempt begins anew.
    if (error.isFinal) await rm(partial.path, { force: true });
    return { fault: error.fault, detail: error.message, isFinal: error.isFinal };
  }
  const fault = faultOf(error);
  // What the disk says does not change by asking the server again; everything else may be the connection.
  if (fault === 'no-space' || fault === 'not-writable') {
    return { fault, detail: `the file cannot be written (${detailOf(error)})`, isFinal: true };
  }
  const detail = `the connection failed (${detailOf(error)})`;
  return { fault: hasAnswered ? 'broke-off' : 'unreachable', detail, isFinal: false };
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, delayMs);
    signal.addEventListener('abort', end, { once: true });
  });
}
