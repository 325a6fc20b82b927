import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import {
  isCallExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isStringLiteral,
  isTemplateExpression,
} from 'typescript/unstable/ast/is';
import { API } from 'typescript/unstable/async';

const ROOT = resolve(import.meta.dir, '../..');

/**
 * The titles of the tests and groups in each file, as they are written; files that do not exist are left out. Read by
 * TypeScript's parser: a title in a comment, or of a test that is switched off with `skip` or `todo`, is none.
 */
export async function readTestTitles(
  paths: Iterable<string>,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const files = new Map(
    [...new Set(paths)]
      .filter((path) => existsSync(resolve(ROOT, path)))
      .map((path) => [`/tests/${path}`, readFileSync(resolve(ROOT, path), 'utf8')]),
  );
  const compilerOptions = {
    noLib: true,
    noResolve: true,
    noCheck: true,
    types: [],
    noEmit: true,
    jsx: 'preserve',
  };
  const configuration = '/tests/tsconfig.json';
  const texts = new Map([
    ...files,
    [configuration, JSON.stringify({ compilerOptions, files: [...files.keys()] })],
  ]);
  const api = new API({
    cwd: '/',
    fs: {
      readFile: (path) => texts.get(path) ?? null,
      fileExists: (path) => texts.has(path),
      directoryExists: (path) => [...texts.keys()].some((file) => file.startsWith(`${path}/`)),
      getAccessibleEntries: () => ({ files: [], directories: [] }),
      realpath: (path) => path,
    },
  });
  try {
    const snapshot = await api.updateSnapshot({ openProjects: [configuration] });
    const program = snapshot.getProject(configuration)?.program;
    const titles = new Map<string, ReadonlySet<string>>();
    for (const path of files.keys()) {
      const source = await program?.getSourceFile(path);
      if (source === undefined) throw new Error(`TypeScript did not read ${path}`);
      titles.set(path.slice('/tests/'.length), titlesIn(source));
    }
    return titles;
  } finally {
    await api.close();
  }
}

function titlesIn(file: SourceFile): ReadonlySet<string> {
  const titles = new Set<string>();
  const visit = (node: Node): void => {
    if (isCallExpression(node) && isTestCall(node.expression)) {
      const title = node.arguments[0];
      if (title !== undefined) titles.add(titleOf(title));
    }
    node.forEachChild(visit);
  };
  visit(file);
  return titles;
}

/** `test(…)`, `describe(…)`, and both with `.each(…)`, `.skipIf(…)` or `.if(…)` between. */
function isTestCall(callee: Node): boolean {
  if (isIdentifier(callee)) return callee.text === 'test' || callee.text === 'describe';
  if (!isCallExpression(callee) || !isPropertyAccessExpression(callee.expression)) return false;
  return (
    ['each', 'skipIf', 'if'].includes(callee.expression.name.text) && isTestCall(callee.expression.expression)
  );
}

/** What is put into a title, such as the reason why its test is skipped, is told as three dots. */
function titleOf(title: Node): string {
  if (isStringLiteral(title) || isNoSubstitutionTemplateLiteral(title)) return title.text;
  if (!isTemplateExpression(title)) return '';
  return title.head.text + title.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}
