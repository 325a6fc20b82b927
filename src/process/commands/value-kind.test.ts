import { describe, expect, test } from 'bun:test';
import {
  count,
  expiry,
  limit,
  modalities,
  moment,
  money,
  price,
  text,
  type ValueKind,
} from './value-kind.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 12);

/** What a command gets of what a person wrote. */
function through<Value>(kind: ValueKind<Value>, written: string): Value | undefined {
  const parsed = kind.parse(written, NOW_MS);
  return parsed === undefined ? undefined : kind.read(JSON.parse(JSON.stringify(parsed)));
}

test('amounts are exact', () => {
  expect(through(money, '25')).toBe(250_000_000_000n);
  expect(through(money, '$0.0000000001')).toBe(1n);
  expect(through(money, '250000000000 ticks')).toBe(250_000_000_000n);
  for (const written of ['', '-1', '1e3', '0.00000000001', '1,00', 'NaN', '٢٥']) {
    expect(through(money, written)).toBeUndefined();
  }
});

test('prices are dollars per million tokens, in whole ticks per token', () => {
  expect(through(price, '$5')).toBe(50_000n);
  expect(through(price, '0.0001')).toBe(1n);
  expect(through(price, '50000 ticks')).toBe(50_000n);
  expect(through(price, '0.00001')).toBeUndefined();
});

describe('moments', () => {
  test('from now on', () => {
    expect(through(moment, '30d')).toBe(NOW_MS + 30 * 86_400_000);
    expect(through(moment, '12h')).toBe(NOW_MS + 12 * 3_600_000);
    expect(through(moment, '90m')).toBe(NOW_MS + 90 * 60_000);
  });

  test('a date is the midnight of where the person is', () => {
    const midnight = new Date(2026, 11, 31).getTime();
    expect(through(moment, '2026-12-31')).toBe(midnight);
    expect(through(moment, '2026-12-31T18:00')).toBe(midnight + 18 * 3_600_000);
    expect(through(moment, '2026-12-31 18:00:30')).toBe(midnight + 18 * 3_600_000 + 30_000);
    expect(through(moment, '2026-12-31T18:00Z')).toBe(Date.UTC(2026, 11, 31, 18));
    expect(through(moment, '2026-12-31T18:00+08:00')).toBe(Date.UTC(2026, 11, 31, 10));
  });

  test('what is no moment', () => {
    for (const written of [
      '',
      'soon',
      '2026-02-30',
      '2026-13-01',
      '2026-1-1',
      '12',
      '1w',
      '2026-12-31T25:00',
    ]) {
      expect(through(moment, written)).toBeUndefined();
    }
  });

  test('an expiry may be never or now', () => {
    expect(through(expiry, 'never')).toBeNull();
    expect(through(expiry, 'now')).toBe('now');
    expect(through(expiry, '1d')).toBe(NOW_MS + 86_400_000);
  });
});

test('counts, limits and modalities', () => {
  expect(through(count, '1200')).toBe(1_200);
  expect(through(limit, 'none')).toBeNull();
  expect(through(modalities, 'text, image')).toEqual(['text', 'image']);
  for (const written of ['', '-1', '1.5', '1e3', '9'.repeat(16)])
    expect(through(count, written)).toBeUndefined();
  expect(through(modalities, 'text,sound')).toBeUndefined();
});

test('what arrives is checked again, whoever sent it', () => {
  for (const json of [25, '-1', '1.5', null, ['1'], { a: 1 }]) expect(money.read(json)).toBeUndefined();
  for (const json of ['1', -1, 1.5, 2 ** 60, null]) expect(count.read(json)).toBeUndefined();
  for (const json of [1, null, ['a'], 'x'.repeat(4_097)]) expect(text('X').read(json)).toBeUndefined();
  for (const json of ['text', ['text', 1], Array(11).fill('text')])
    expect(modalities.read(json)).toBeUndefined();
});
