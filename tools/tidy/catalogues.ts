import type { Rule } from './finding.ts';
import type { SourceFacts } from './source-facts.ts';

const ENGLISH = 'src/language/english.ts';
const CHINESE = 'src/language/chinese.ts';

/** Both languages say the same things. Types alone let a list or an optional sentence differ. */
export const catalogues: Rule = (_, sources) => {
  const english = keysOf(sources, ENGLISH);
  const chinese = keysOf(sources, CHINESE);
  return [...missingFrom(CHINESE, chinese, english), ...missingFrom(ENGLISH, english, chinese)];
};

function keysOf(sources: readonly SourceFacts[], path: string): ReadonlySet<string> {
  return new Set(sources.find((source) => source.path === path)?.exportedKeys ?? []);
}

function missingFrom(path: string, keys: ReadonlySet<string>, wanted: ReadonlySet<string>) {
  return [...wanted]
    .filter((key) => !keys.has(key))
    .map((key) => ({ path, message: `says nothing for ${key}, which the other language does.` }));
}

/** Units and names, which every language writes alike. */
const SAME_EVERYWHERE = new Set(['Turnpike', 'ms', 'MB/s', 'ticks', 'Base URL', 'CSV', 'JSON', 'curl']);

/** It shows components to whoever builds pages, with examples for words. */
const PAGE_OF_PARTS = 'web/console/design/';

/** A page shows no word that is not in its catalogues. */
export const shownWords: Rule = (_, sources) =>
  sources
    .filter(({ path }) => !path.startsWith(PAGE_OF_PARTS))
    .flatMap(({ path, shownTexts }) =>
      shownTexts
        .filter(({ text }) => !SAME_EVERYWHERE.has(text))
        .map(({ text, line }) => ({
          path,
          line,
          message: `shows “${text}”: put it into the words of its page, in both languages.`,
        })),
    );
