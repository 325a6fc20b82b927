import type { FetchAttempt, LocalModelPart } from '../../language/sentences.ts';

/** What happens while the local engine is fetched; the caller finds the words and draws the bar. */
export type FetchProgress =
  /** It was here before. */
  | { readonly kind: 'present'; readonly part: LocalModelPart }
  | { readonly kind: 'starting'; readonly part: LocalModelPart; readonly source: string }
  | {
      readonly kind: 'advancing';
      readonly part: LocalModelPart;
      readonly doneBytes: number;
      /** Undefined while nobody knows how much it will be. */
      readonly totalBytes: number | undefined;
    }
  /** Everything is here and is held against its checksum. */
  | { readonly kind: 'checking'; readonly part: LocalModelPart }
  | {
      readonly kind: 'fetched';
      readonly part: LocalModelPart;
      readonly sizeBytes: number;
      /** False where no checksum was known. */
      readonly isVerified: boolean;
    }
  /** One source in vain; another may follow. */
  | { readonly kind: 'failed'; readonly attempt: FetchAttempt };

export type ReportProgress = (progress: FetchProgress) => void;

/** A bar need not move more often than this. */
const REPORT_EVERY_MS = 100;

/** Passes everything on but, of the mere growth of a number, only as much as an eye can follow. */
export function calmReports(report: ReportProgress): ReportProgress {
  let lastMs = Number.NEGATIVE_INFINITY;
  return (progress) => {
    if (progress.kind === 'advancing') {
      const nowMs = performance.now();
      if (nowMs - lastMs < REPORT_EVERY_MS) return;
      lastMs = nowMs;
    }
    report(progress);
  };
}
