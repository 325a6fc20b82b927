import type { Rule } from './finding.ts';

/** Names under which anything could be put, so that in the end everything is. */
const GRAB_BAGS = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'shared', 'lib']);

const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/;

/** Files and folders of programs say what they hold, in kebab-case. */
export const names: Rule = (tree) =>
  [...tree.keys()].flatMap((path) => {
    if (!/^(?:bin|src|test|tools|bench|web)\//.test(path)) return [];
    const problem = path
      .split('/')
      .map(judge)
      .find((found) => found !== undefined);
    return problem === undefined ? [] : [{ path, message: problem }];
  });

function judge(part: string): string | undefined {
  const stem = part.split('.')[0] ?? part;
  if (GRAB_BAGS.has(stem.toLowerCase())) {
    return `"${part}" could hold anything: put each part where it is used, or name the capability.`;
  }
  if (/^index\.[cm]?[jt]sx?$/.test(part))
    return 'an index file hides its content: name it after what it does.';
  // Markdown and the like keep the names that tools and people look for.
  if (/^[A-Z][A-Z.-]*(?:\.[a-zA-Z-]+)*$/.test(part)) return undefined;
  return KEBAB_CASE.test(part) || part.startsWith('.')
    ? undefined
    : `"${part}" is not written in kebab-case.`;
}
