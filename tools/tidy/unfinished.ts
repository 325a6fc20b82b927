import type { Rule } from './finding.ts';

const MARKS = ['TODO', 'FIXME', 'XXX'];
const IN_A_COMMENT = new RegExp(`(?:\\/\\/|^\\s*\\*|\\/\\*|#).*\\b(?:${MARKS.join('|')})\\b`);

/** Nothing is left for later in a comment: it is done, or it is an issue. */
export const unfinished: Rule = (tree) =>
  [...tree].flatMap(([path, text]) => {
    if (!/\.(?:ts|tsx|mjs|js|css|html|sh|sql)$|^\.ci\//.test(path)) return [];
    return text.split('\n').flatMap((line, index) => {
      if (!IN_A_COMMENT.test(line)) return [];
      return [{ path, line: index + 1, message: 'leaves something for later: do it, or file an issue.' }];
    });
  });
