import { expect, test } from 'bun:test';
import { drawTable } from './draw-table.ts';
import { timeFormat } from './format-time.ts';
import { formatValue } from './format-value.ts';
import { english } from './words-en.ts';
import { chinese } from './words-zh.ts';
import { writeJson } from './write-json.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 18, 3, 5);
const ENGLISH = { words: english, times: timeFormat('UTC', NOW_MS) };

test('columns stand under each other, Chinese or not, and figures to the right', () => {
  const heads = [
    { head: '名称', figures: false },
    { head: 'Cost', figures: true },
  ];
  expect(
    drawTable(
      heads,
      [
        ['王小明', '$1.00'],
        ['x', '$10.00'],
      ],
      80,
    ),
  ).toBe(['名称      Cost', '王小明   $1.00', 'x       $10.00', ''].join('\n'));
});

test('what does not fit the screen is drawn one field a line, and nothing is cut off', () => {
  const heads = ['Id', 'Name'].map((head) => ({ head, figures: false }));
  expect(drawTable(heads, [['a'.repeat(30), 'b'.repeat(30)]], 40)).toBe(
    `Id    ${'a'.repeat(30)}\nName  ${'b'.repeat(30)}\n`,
  );
});

test('times are in the zone that is named', () => {
  const shanghai = timeFormat('Asia/Shanghai', NOW_MS);
  expect(shanghai.zone).toBe('Asia/Shanghai (UTC+08:00)');
  expect(shanghai.format(NOW_MS)).toBe('2026-11-23 02:03:05');
  expect(timeFormat('UTC', NOW_MS).zone).toBe('UTC');
});

test('money is exact and names are not taken for words', () => {
  expect(formatValue(ENGLISH, 'amount_ticks', '-95000001')).toBe('−$0.0095000001');
  expect(formatValue(ENGLISH, 'input_ticks_per_token', '50000')).toBe('$5.00');
  expect(formatValue({ ...ENGLISH, words: chinese }, 'role', 'owner')).toBe('所有者');
  expect(formatValue({ ...ENGLISH, words: chinese }, 'name', 'owner')).toBe('owner');
  expect(formatValue(ENGLISH, 'role', 'constructor')).toBe('constructor');
  expect(formatValue(ENGLISH, 'models', { 'grok-beta': 'llama', '*': '*' })).toBe('grok-beta → llama, *');
});

test('nothing that is shown steers the terminal', () => {
  const hostile = 'a\u001b[2J\u009b31m\u202eb\n';
  const steering = /[\p{Cc}\u202e]/u;
  expect(formatValue(ENGLISH, 'name', hostile)).not.toMatch(steering);
  expect(formatValue(ENGLISH, 'models', { [hostile]: hostile })).not.toMatch(steering);
  const json = writeJson({ name: hostile, [hostile]: 'x\u{e0041}' });
  expect(json.trimEnd().replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(JSON.parse(json)).toEqual({ name: hostile, [hostile]: 'x\u{e0041}' });
});
