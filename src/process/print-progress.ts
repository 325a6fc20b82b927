import { columns } from './terminal-look.ts';

/** How far something is that counts in bytes. */
export interface ProgressFacts {
  readonly label: string;
  readonly doneBytes: number;
  /** Undefined while the sender has not said how much there is. */
  readonly totalBytes: number | undefined;
  /** Columns of the terminal. */
  readonly width: number;
}

const WIDEST_BAR = 32;
const NARROWEST_BAR = 6;

/**
 * One line that says how far it is: what is done is solid road, what is to come is dashed. It is never wider than
 * the terminal, because a line that wraps cannot be painted over.
 */
export function progressLine({ label, doneBytes, totalBytes, width }: ProgressFacts): string {
  // The last column stays free: some terminals wrap as soon as it is written.
  const room = width - 1;
  const indented = `  ${label}`;
  if (totalBytes === undefined || totalBytes <= 0) return cut(`${indented}  ${formatBytes(doneBytes)}`, room);

  const percent = progressPercent(doneBytes, totalBytes);
  // Both figures keep their widths, so that the bar does not move while they grow.
  const size = `${formatBytes(doneBytes).padStart(8)} / ${formatBytes(totalBytes)}`;
  const figures = `${`${percent} %`.padStart(5)}  ${size}`;
  const cells = Math.min(WIDEST_BAR, room - columns(indented) - columns(figures) - 4);
  if (cells < NARROWEST_BAR) return cut(`${indented}  ${percent} %`, room);
  const done = Math.floor((cells * percent) / 100);
  return `${indented}  ${'━'.repeat(done)}${'╌'.repeat(cells - done)}  ${figures}`;
}

/** Whole percent, never rounded up: 100 means done. */
export function progressPercent(doneBytes: number, totalBytes: number): number {
  return Math.max(0, Math.min(100, Math.floor((doneBytes / totalBytes) * 100)));
}

/** `512 B`, `95 MB`, `1.1 GB`: decimal units, never rounded up. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${Math.max(0, Math.floor(bytes))} B`;
  if (bytes < 1_000_000) return `${Math.floor(bytes / 1_000)} kB`;
  if (bytes < 1_000_000_000) return `${Math.floor(bytes / 1_000_000)} MB`;
  return `${(Math.floor(bytes / 100_000_000) / 10).toFixed(1)} GB`;
}

function cut(text: string, room: number): string {
  let line = text;
  while (line !== '' && columns(line) > room) line = line.slice(0, -1);
  return line;
}
