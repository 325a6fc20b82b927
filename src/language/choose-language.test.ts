import { describe, expect, test } from 'bun:test';
import { chooseLanguage, languageNamed } from './choose-language.ts';

describe('chooseLanguage', () => {
  const headers: [string | undefined, 'en' | 'zh'][] = [
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['fr-FR, de;q=0.9', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-GB,en;q=0.9,zh-CN;q=0.8', 'en'],
    ['en;q=0.8, zh;q=0.9', 'zh'],
    ['en, zh', 'en'],
    ['fr, zh-TW;q=0.1', 'zh'],
    ['ZH-hans-cn', 'zh'],
    ['zh;q=0, en;q=0.1', 'en'],
    ['zh;q=0', 'en'],
    ['zh ; Q = 0.9 , en ; q=0.4', 'zh'],
    ['zh;q=5, en;q=0.2', 'en'],
    ['zh;q=banana, en;q=0.001', 'en'],
    ['zhuang, en;q=0.1', 'en'],
  ];
  test.each(headers)('reads the header %p as %s', (header, language) => {
    expect(chooseLanguage(header)).toBe(language);
  });

  const locales: [string, 'en' | 'zh'][] = [
    ['zh_CN.UTF-8', 'zh'],
    ['zh_TW', 'zh'],
    ['zh_CN.GB18030@pinyin', 'zh'],
    ['zh', 'zh'],
    ['en_US.UTF-8', 'en'],
    ['de_DE.UTF-8', 'en'],
    ['C', 'en'],
    ['C.UTF-8', 'en'],
    ['POSIX', 'en'],
  ];
  test.each(locales)('reads the locale %p as %s', (locale, language) => {
    expect(chooseLanguage(locale)).toBe(language);
  });

  test('does not read beyond its bounds', () => {
    expect(chooseLanguage(`${'x'.repeat(600)},zh`)).toBe('en');
    expect(chooseLanguage(`${'fr,'.repeat(40)}zh`)).toBe('en');
    // Cut after 512 characters this would end in a whole `zh`, which the reader never wrote.
    expect(chooseLanguage(`${'x'.repeat(509)},zhuang`)).toBe('en');
  });
});

test('languageNamed knows our languages and nothing else', () => {
  expect(languageNamed('zh')).toBe('zh');
  expect(languageNamed('en')).toBe('en');
  for (const tag of [undefined, '', 'fr', 'zhx', '中文', 'e']) expect(languageNamed(tag)).toBeUndefined();
});
