import { describe, expect, test } from 'bun:test';
import { formatBytes, progressLine, progressPercent } from './print-progress.ts';
import { columns } from './terminal-look.ts';

const TOTAL = 1_100_000_000;

describe('progressLine', () => {
  test('shows how far it is as a road, a percentage and sizes', () => {
    expect(progressLine({ label: 'Weights', doneBytes: 550_000_000, totalBytes: TOTAL, width: 80 })).toBe(
      `  Weights  ${'━'.repeat(16)}${'╌'.repeat(16)}   50 %    550 MB / 1.1 GB`,
    );
  });

  test('is full only when everything has arrived', () => {
    const line = (doneBytes: number) =>
      progressLine({ label: 'Weights', doneBytes, totalBytes: TOTAL, width: 80 });
    expect(line(TOTAL - 1)).toContain('99 %');
    expect(line(TOTAL - 1)).toContain('╌');
    expect(line(TOTAL)).toContain('100 %');
    expect(line(TOTAL)).not.toContain('╌');
    expect(line(TOTAL * 2)).toBe(line(TOTAL).replace('1.1 GB /', '2.2 GB /'));
  });

  test.each(['Weights', '模型权重'])('never reaches the last column: %s', (label) => {
    for (let width = 1; width <= 120; width += 1) {
      for (const doneBytes of [0, 1, TOTAL / 3, TOTAL]) {
        for (const totalBytes of [TOTAL, undefined, 0]) {
          expect(columns(progressLine({ label, doneBytes, totalBytes, width }))).toBeLessThan(
            Math.max(width, 1),
          );
        }
      }
    }
  });

  test('keeps its width while it grows, so that nothing jumps', () => {
    const widths = [0, 1, 999, 1e5, 1e8, TOTAL].map((doneBytes) =>
      columns(progressLine({ label: 'Engine', doneBytes, totalBytes: TOTAL, width: 70 })),
    );
    expect(new Set(widths).size).toBe(1);
  });

  test('without a total it says what has arrived', () => {
    const line = progressLine({ label: 'Engine', doneBytes: 12_345_678, totalBytes: undefined, width: 80 });
    expect(line).toBe('  Engine  12 MB');
  });
});

test('progressPercent stays between 0 and 100 and never rounds up', () => {
  expect(progressPercent(-1, 10)).toBe(0);
  expect(progressPercent(999, 1_000)).toBe(99);
  expect(progressPercent(20, 10)).toBe(100);
});

test('formatBytes uses decimal units and never rounds up', () => {
  const sizes: [number, string][] = [
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [999_999, '999 kB'],
    [94_999_999, '94 MB'],
    [999_999_999, '999 MB'],
    [1_000_000_000, '1.0 GB'],
    [1_199_999_999, '1.1 GB'],
  ];
  for (const [bytes, text] of sizes) expect(formatBytes(bytes)).toBe(text);
});
