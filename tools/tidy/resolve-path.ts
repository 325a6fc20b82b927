import { posix } from 'node:path';

/** The repository path that a relative import means; undefined for packages and built-in modules. */
export function resolvePath(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.normalize(`${posix.dirname(from)}/${specifier}`);
}
