import { describe, expect, test } from 'bun:test';
import { readTestTitles } from './matrix/read-test-titles.ts';
import { MATRIX } from './matrix.ts';

/** Every fault and attack that we know of has a test that shows what comes of it, or says what it waits for. */

const shown = MATRIX.flatMap(({ id, tests = [] }) => tests.map((each) => ({ id, ...each })));
const titles = await readTestTitles([...shown.map(({ file }) => file), 'test/matrix.test.ts']);

test('every row is there, once, in order', () => {
  const numbered = (letter: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
  expect(MATRIX.map(({ id }) => id)).toEqual([...numbered('F', 88), ...numbered('A', 55)]);
});

test('every row is shown, or waits for something that has a name', () => {
  const bare = MATRIX.filter(
    ({ fault, tests = [], later }) =>
      fault.trim() === '' || (later === undefined ? tests.length === 0 : later.trim() === ''),
  );
  expect(bare).toEqual([]);
});

test('every test that a row names exists under that title', () => {
  expect(shown.filter(({ file, title }) => !titles.get(file)?.has(title))).toEqual([]);
});

test('no row names a test twice', () => {
  const names = shown.map(({ id, file, title }) => JSON.stringify([id, file, title]));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

describe('titles are read as they are written', () => {
  // test('in a comment is none', () => {});
  test.each([['every row is there, once, in order'], ['titles are read as they are written']])(
    '%s is one',
    (title) => {
      expect(titles.get('test/matrix.test.ts')).toContain(title);
    },
  );
  test('those of tables too, and none of comments', () => {
    const own = [...(titles.get('test/matrix.test.ts') ?? [])];
    expect(own).toContain('%s is one');
    expect(own.filter((title) => title.startsWith('in a comment'))).toEqual([]);
  });
});
