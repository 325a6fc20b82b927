import type { Rule } from './finding.ts';

/** What a file shows of the machine it was written on. */
const TRACES: readonly { readonly pattern: RegExp; readonly remedy: string }[] = [
  {
    pattern:
      /(?<![\w.~/-])\/(?:home|Users)\/[a-z][\w.-]*\/|(?<![\w.~/-])\/(?:root|work|tmp)\/\w|\b[A-Z]:\\Users\\/,
    remedy: 'names a folder of one machine: say it relative to the repository, or ask the system for it.',
  },
  {
    pattern: /\bregistry\.(?:npmjs|yarnpkg|npmmirror)\.(?:org|com)\b|\b(?:files\.pythonhosted|pypi)\.org\b/,
    remedy: 'names a package registry: which one is asked is the settings of npm and pip.',
  },
];

/** Nothing committed tells on which machine it was made or where that one gets its packages. */
export const machineTraces: Rule = (tree) =>
  [...tree].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => {
      const trace = TRACES.find(({ pattern }) => pattern.test(line));
      return trace === undefined ? [] : [{ path, line: index + 1, message: trace.remedy }];
    }),
  );
