import type { Refusal } from '../../domain/refusal.ts';
import type { Language } from '../../language/choose-language.ts';
import { type ProblemCode, problemsInEnglish } from './problem-words-en.ts';
import { problemsInChinese } from './problem-words-zh.ts';
import { refusalsInEnglish } from './refusal-words-en.ts';
import { refusalsInChinese } from './refusal-words-zh.ts';

export function problemSentences(language: Language): Readonly<Record<ProblemCode, string>> {
  return language === 'zh' ? problemsInChinese : problemsInEnglish;
}

/** Why a use-case did not do what was asked, for whoever sits before a page. */
export function refusalSentence({ code, facts }: Refusal, language: Language): string {
  const sentences = language === 'zh' ? refusalsInChinese : refusalsInEnglish;
  const sentence = sentences[code as keyof typeof sentences] as
    | ((facts: Refusal['facts']) => string)
    | undefined;
  return sentence === undefined ? problemSentences(language)['bad-field'] : sentence(facts);
}
