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
