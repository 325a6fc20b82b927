import { API } from 'typescript/unstable/async';
import { factsOf, type SourceFacts } from './source-facts.ts';
import type { Tree } from './tree.ts';

/** Reads the syntax of trees; `close` ends the compiler behind it. */
export interface SourceReader {
  read(tree: Tree): Promise<readonly SourceFacts[]>;
  close(): Promise<void>;
}

/** Where programs live; everything else is text to the rules. */
const SOURCE = /^(?:bin|src|test|tools|bench|web)\/.*\.(?:tsx?|mjs)$/;

/**
 * Reads by TypeScript's own parser, so that a rule never takes a string or a comment for code. TypeScript 7 offers it
 * through a compiler process, under an entry point called unstable: a new version may need changes here, and only
 * here and in the `read-*.ts` files.
 *
 * The compiler sees the given texts and nothing else, no library and no imports: types are the business of `tsc`.
 */
export function createSourceReader(): SourceReader {
  const files = new Map<string, string>();
  const folders = new Set<string>(['/']);
  const api = new API({
    cwd: '/',
    fs: {
      readFile: (path) => files.get(path) ?? null,
      fileExists: (path) => files.has(path),
      directoryExists: (path) => folders.has(path),
      getAccessibleEntries: () => ({ files: [], directories: [] }),
      realpath: (path) => path,
    },
  });
  let count = 0;

  const put = (path: string, text: string): void => {
    files.set(path, text);
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      folders.add(path.slice(0, end));
    }
  };

  return {
    async read(tree) {
      // Every tree under a folder of its own: the compiler remembers what it has read.
      count += 1;
      const root = `/tree-${count}`;
      const paths = [...tree.keys()].filter((path) => SOURCE.test(path)).sort();
      for (const path of paths) put(`${root}/${path}`, tree.get(path) ?? '');
      const options = {
        noLib: true,
        noResolve: true,
        noCheck: true,
        allowJs: true,
        types: [],
        noEmit: true,
        jsx: 'preserve',
      };
      const configuration = { compilerOptions: options, files: paths.map((path) => `${root}/${path}`) };
      put(`${root}/tsconfig.json`, JSON.stringify(configuration));

      const snapshot = await api.updateSnapshot({ openProjects: [`${root}/tsconfig.json`] });
      const project = snapshot.getProject(`${root}/tsconfig.json`);
      return await Promise.all(
        paths.map(async (path) => {
          const file = await project?.program.getSourceFile(`${root}/${path}`);
          if (file === undefined) throw new Error(`TypeScript did not read ${path}`);
          return factsOf(path, file);
        }),
      );
    },
    close: () => api.close(),
  };
}
