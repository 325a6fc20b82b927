import type { Rule } from './finding.ts';
import { isTest, type SourceFacts } from './source-facts.ts';

/** One idea a file and one thought a function; the limits are where nobody can say any more which. */
const FILE_LINES = 500;
const FUNCTION_LINES = 90;
const MEDIAN_FILE_LINES = 80;

/** One long idea each; the reason stands beside it. */
const LONG_FILES: ReadonlyMap<string, string> = new Map([]);

/** No file above 500 lines, half of the files of `src/` below 80, no function above 90. */
export const lengths: Rule = (_, sources) => {
  const files = sources.flatMap(({ path, lineCount }) => {
    if (lineCount <= FILE_LINES || LONG_FILES.has(path)) return [];
    return [
      { path, message: `has ${lineCount} lines, more than ${FILE_LINES}: find the second idea in it.` },
    ];
  });
  const functions = sources.flatMap(({ path, functions }) =>
    // A test's length is its story; what it stands on is counted by the file.
    (isTest(path) ? [] : functions).flatMap(({ name, line, ownLineCount }) => {
      if (ownLineCount <= FUNCTION_LINES) return [];
      return [
        { path, line, message: `${name} has ${ownLineCount} lines of its own, more than ${FUNCTION_LINES}.` },
      ];
    }),
  );
  const median = medianLines(sources);
  if (median <= MEDIAN_FILE_LINES) return [...files, ...functions];
  const message = `half of its files have more than ${median} lines; the house keeps the median at ${MEDIAN_FILE_LINES}.`;
  return [...files, ...functions, { path: 'src/', message }];
};

/** The middle length of the program's own files; tests are not counted. */
export function medianLines(sources: readonly SourceFacts[]): number {
  const program = sources.filter(({ path }) => path.startsWith('src/') && !isTest(path));
  const sorted = program.map(({ lineCount }) => lineCount).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
