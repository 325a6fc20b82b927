import { createContext, useContext } from 'react';

export type Language = 'en' | 'zh';

export const LanguageContext = createContext<{
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
}>({ language: 'en', setLanguage: () => {} });

export function useLanguage(): Language {
  return useContext(LanguageContext).language;
}

const CHOSEN = 'turnpike.language';
const TAGS = { en: 'en', zh: 'zh-CN' } as const;

/** What was chosen in this browser, else what the browser asks for. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem(CHOSEN);
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return navigator.languages.find((tag) => /^(?:en|zh)\b/i.test(tag))?.startsWith('zh') ? 'zh' : 'en';
}

/** Remembers the choice and tells the document, whose `lang` the API's sentences follow as well. */
export function applyLanguage(language: Language, isChosen: boolean): void {
  if (isChosen) localStorage.setItem(CHOSEN, language);
  document.documentElement.lang = TAGS[language];
}
