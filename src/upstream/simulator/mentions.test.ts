import { expect, test } from 'bun:test';
import { Mentions } from './mentions.ts';

test.each([
  ['Create a customer named \'你好啊集团\' and a "second one"', ['你好啊集团', 'second one']],
  ['查询“北京”和「上海」的天气', ['北京', '上海']],
  ["It's what I don't know, isn't it", []],
  ["the dogs' bone and the cats' milk", []],
  ['an open " is none', []],
  ["''", []],
])('texts of %s', (question, texts) => {
  expect(new Mentions(question).texts).toEqual(texts);
});

test.each([
  ['What is magic_function(3)?', [3]],
  ['from -4 to 2.5, in 10 steps.', [-4, 2.5, 10]],
  ['grok-2 on 2024-11-19 at v1.2', []],
  ['300天', [300]],
])('numbers of %s', (question, numbers) => {
  const mentions = new Mentions(question);
  const taken = [];
  for (
    let next = mentions.takeNumber(() => true);
    next !== undefined;
    next = mentions.takeNumber(() => true)
  ) {
    taken.push(next);
  }
  expect(taken).toEqual(numbers);
});

test('each is given once, and only where it fits', () => {
  const mentions = new Mentions('"a" "bb" 1 22');
  expect(mentions.takeText((text) => text.length === 2)).toBe('bb');
  expect(mentions.takeText((text) => text.length === 2)).toBeUndefined();
  expect(mentions.takeText(() => true)).toBe('a');
  expect(mentions.takeNumber((number) => number > 9)).toBe(22);
  expect(mentions.takeNumber(() => true)).toBe(1);
  expect(mentions.takeNumber(() => true)).toBeUndefined();
});

test('a question of any length costs little', () => {
  expect(new Mentions(`${'x '.repeat(1_000)}"late"`).texts).toEqual([]);
  expect(new Mentions(`"${'x'.repeat(300)}" "short"`).texts).toEqual(['short']);
  expect(new Mentions('"a"'.repeat(200)).texts).toHaveLength(64);
});
