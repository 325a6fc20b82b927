import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The text of every file of the repository by its path from the root, with forward slashes. */
export type Tree = ReadonlyMap<string, string>;

/** What is made on the machine and never committed; the same as `.gitignore` says. */
const NOT_OURS = new Set(['.git', 'node_modules', 'data', 'dist', 'dist.next', 'artifacts']);

/** Weights and pictures are not text, and nothing that is has this size. */
const LARGEST_TEXT_BYTES = 4_000_000;

/** Reads the working tree, not git's index: a new file must obey before it is added. */
export async function readTree(root: string): Promise<Tree> {
  const tree = new Map<string, string>();
  await readFolder(root, '', tree);
  return tree;
}

async function readFolder(root: string, folder: string, tree: Map<string, string>): Promise<void> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      if (NOT_OURS.has(entry.name) || entry.name.endsWith('.log')) return;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await readFolder(root, path, tree);
      else if (entry.isFile()) await readText(root, path, tree);
    }),
  );
}

async function readText(root: string, path: string, tree: Map<string, string>): Promise<void> {
  const bytes = await readFile(join(root, path)).catch(() => undefined);
  // A file may vanish between listing and reading: others work in the same tree.
  if (bytes === undefined || bytes.length > LARGEST_TEXT_BYTES || bytes.includes(0)) return;
  tree.set(path, bytes.toString('utf8'));
}
