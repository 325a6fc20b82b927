import { expect, test } from 'bun:test';
import { createTokeniser } from '../tokeniser/tokeniser.ts';
import { type Language, languageOf, nextSentence } from './prose.ts';
import { seedRandom } from './seeded-random.ts';

const tokeniser = createTokeniser({ clock: { nowMs: () => 0, monotonicMs: () => 0, after: () => () => {} } });

test.each<Language>(['en', 'zh'])('sentences in %s can be encoded one by one', (language) => {
  const random = seedRandom(language);
  const sentences = Array.from({ length: 100 }, () => nextSentence(random, language));
  const apart = sentences.flatMap((sentence) => tokeniser.tokensSync(sentence).map(({ id }) => id));
  expect(tokeniser.tokensSync(sentences.join('')).map(({ id }) => id)).toEqual(apart);
});

test.each([
  ['Hello', 'en'],
  ['', 'en'],
  ['42 + 1 = ?', 'en'],
  ['你好', 'zh'],
  ['请用 Python 写一个函数', 'zh'],
  ['How do you say 你好 in English, and when would one say it?', 'en'],
  ['これはペンです', 'en'],
] as const)('%p is answered in %s', (text, language) => {
  expect(languageOf(text)).toBe(language);
});
