import { createContext, useContext } from 'react';

export type Language = 'en' | 'zh';

export const LanguageContext = createContext<{
  readonly language: Language;
  /** The reader's own choice. */
  readonly setLanguage: (language: Language) => void;
  /** What the profile says. */
  readonly followProfile: (language: Language) => void;
}>({ language: 'en', setLanguage: () => {}, followProfile: () => {} });

export function useLanguage(): Language {
  return useContext(LanguageContext).language;
}

const CHOSEN = 'turnpike.language';
/** There while the choice of this browser is not in the profile yet. */
const UNSAVED = 'turnpike.language.unsaved';
const TAGS = { en: 'en', zh: 'zh-CN' } as const;

/** What was chosen in this browser, else what the browser asks for. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem(CHOSEN);
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return navigator.languages.find((tag) => /^(?:en|zh)\b/i.test(tag))?.startsWith('zh') ? 'zh' : 'en';
}

/** Tells the document, whose `lang` the API's sentences follow as well. */
export function showLanguage(language: Language): void {
  document.documentElement.lang = TAGS[language];
}

/** Remembers a choice in this browser, until the profile has it too. */
export function keepChoice(language: Language): void {
  localStorage.setItem(CHOSEN, language);
  localStorage.setItem(UNSAVED, language);
}

/** A choice that the profile does not have yet: it was made before signing in, or did not arrive. */
export function unsavedChoice(): Language | undefined {
  const unsaved = localStorage.getItem(UNSAVED);
  return unsaved === 'en' || unsaved === 'zh' ? unsaved : undefined;
}

/** The profile has it, here and wherever the person signs in. */
export function choiceIsSaved(language: Language): void {
  localStorage.setItem(CHOSEN, language);
  if (unsavedChoice() === language) localStorage.removeItem(UNSAVED);
}
