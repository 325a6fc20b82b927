import { expect, test } from 'bun:test';
import { ALL_COMMANDS } from '../commands/all-commands.ts';
import { languageOf, wordsIn } from './words.ts';
import { english } from './words-en.ts';
import { chinese } from './words-zh.ts';

const LANGUAGES = [
  ['English', english],
  ['Chinese', chinese],
] as const;

test.each(LANGUAGES)('%s has a label for every field that a command shows', (_, { labels }) => {
  const fields = ALL_COMMANDS.flatMap(({ view }) =>
    view.flatMap((section) =>
      section.shape === 'facts' ? section.fields : section.shape === 'table' ? section.columns : [],
    ),
  );
  expect(fields.filter((field) => !Object.hasOwn(labels, field))).toEqual([]);
});

test.each(LANGUAGES)('%s describes every group and parameter', (_, { groups, parameters }) => {
  const missing = ALL_COMMANDS.flatMap(({ name, parameters: taken }) =>
    Object.keys(taken).filter(
      (parameter) =>
        !Object.hasOwn(parameters, `${name} ${parameter}`) && !Object.hasOwn(parameters, parameter),
    ),
  );
  expect(missing).toEqual([]);
  const names = ALL_COMMANDS.flatMap(({ name }) => (name.includes(' ') ? [name.split(' ')[0]] : []));
  expect([...new Set(names)].sort()).toEqual(Object.keys(groups).sort());
});

test.each(LANGUAGES)('%s says what was done where nothing is shown', (_, { done }) => {
  const silent = ALL_COMMANDS.filter(({ name, view }) => view.length === 0 && !Object.hasOwn(done, name));
  expect(silent).toEqual([]);
});

test('no description is of a parameter that is gone', () => {
  const known = new Set(
    ALL_COMMANDS.flatMap(({ name, parameters }) =>
      Object.keys(parameters).flatMap((each) => [each, `${name} ${each}`]),
    ),
  );
  expect(Object.keys(english.parameters).filter((name) => !known.has(name))).toEqual([]);
  const fields = new Set(
    ALL_COMMANDS.flatMap(({ view }) =>
      view.flatMap((section) =>
        section.shape === 'facts' ? section.fields : section.shape === 'table' ? section.columns : [],
      ),
    ),
  );
  expect(Object.keys(english.labels).filter((label) => !fields.has(label))).toEqual([]);
});

test('Chinese is Chinese: no sentence was left in English', () => {
  const sentences = Object.values(chinese.commands);
  expect(sentences.filter((sentence) => !/\p{Script=Han}/u.test(sentence))).toEqual([]);
});

test('the first locale variable that is set decides', () => {
  expect(languageOf({})).toBe('en');
  expect(languageOf({ LANG: 'zh_CN.UTF-8' })).toBe('zh');
  expect(languageOf({ LC_ALL: '', LC_MESSAGES: 'zh_TW', LANG: 'en_US' })).toBe('zh');
  expect(languageOf({ LC_ALL: 'C', LANG: 'zh_CN' })).toBe('en');
  expect(wordsIn('zh')).toBe(chinese);
});
