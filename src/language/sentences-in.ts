import { chinese } from './chinese.ts';
import type { Language } from './choose-language.ts';
import { english } from './english.ts';
import type { Sentences } from './sentences.ts';

/** The sentences of a language. */
export function sentencesIn(language: Language): Sentences {
  return language === 'zh' ? chinese : english;
}
