import { type ComponentType, lazy, type ReactNode } from 'react';
import { type Language, useLanguage } from './language.ts';

/** Where the words of a page are: one module for each language, of which only the reader's is loaded. */
export type WordsOf<Words> = Record<Language, () => Promise<Words>>;

/** A page that is loaded when it is opened, together with its words in the reader's language. */
export function definePage<Props extends { readonly words: unknown }>(
  words: WordsOf<Props['words']>,
  component: () => Promise<ComponentType<Props>>,
): ComponentType<Omit<Props, 'words'>> {
  const inLanguage = (language: Language) =>
    lazy(async () => {
      const [Page, loaded] = await Promise.all([component(), words[language]()]);
      return {
        default: (props: Omit<Props, 'words'>): ReactNode => (
          <Page {...({ ...props, words: loaded } as Props)} />
        ),
      };
    });
  const pages = { en: inLanguage('en'), zh: inLanguage('zh') };
  return function InReadersLanguage(props: Omit<Props, 'words'>): ReactNode {
    const Page = pages[useLanguage()] as unknown as ComponentType<Omit<Props, 'words'>>;
    return <Page {...props} />;
  };
}
