import { type ComponentType, lazy, type ReactNode, use } from 'react';
import { type Language, useLanguage } from './language.ts';

/** Where the words of a page are: one module for each language, of which only the reader's is loaded. */
export type WordsOf<Words> = Record<Language, () => Promise<Words>>;

/**
 * A page that is loaded when it is opened, together with its words in the reader's language. In another language it is
 * the same page with other words: what somebody has typed stays.
 */
export function definePage<Props extends { readonly words: unknown }>(
  words: WordsOf<Props['words']>,
  component: () => Promise<ComponentType<Props>>,
): ComponentType<Omit<Props, 'words'>> {
  const loadPage = once(async () => ({ default: await component() }));
  const loadWords = { en: once(words.en), zh: once(words.zh) };
  // `lazy` cannot tell that a page takes what its props are.
  const Page = lazy(loadPage) as unknown as ComponentType<Props>;
  return function InReadersLanguage(props: Omit<Props, 'words'>): ReactNode {
    const language = useLanguage();
    // Both at once; whoever waits for the page hears of what fails.
    loadPage().catch(() => {});
    const loaded = use(loadWords[language]());
    return <Page {...({ ...props, words: loaded } as Props)} />;
  };
}

/** The same promise every time, until it fails. */
function once<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loading: Promise<Value> | undefined;
  return () => {
    loading ??= load().catch((reason) => {
      loading = undefined;
      throw reason;
    });
    return loading;
  };
}
