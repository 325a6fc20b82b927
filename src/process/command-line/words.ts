import { type Language, languageNamed } from '../../language/choose-language.ts';
import { english } from './words-en.ts';
import { chinese } from './words-zh.ts';

/** Everything the command line says in one language. English decides what there is to say. */
export type Words = typeof english;

export function wordsIn(language: Language): Words {
  return language === 'zh' ? chinese : english;
}

/** The language of a terminal, by POSIX: the first of these three that is set and not empty decides. */
export function languageOf(variables: Readonly<Record<string, string | undefined>>): Language {
  const locale = variables.LC_ALL || variables.LC_MESSAGES || variables.LANG;
  return languageNamed(locale) ?? 'en';
}
