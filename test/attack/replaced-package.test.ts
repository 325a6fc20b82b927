import { describe, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Glob } from 'bun';

/** A package whose maker was robbed, or whose registry lies, must not get in by an installation. */

const ROOT = resolve(import.meta.dir, '../..');
const LOCKS = [...new Glob('**/package-lock.json').scanSync(ROOT)].filter(
  (path) => !path.includes('node_modules'),
);

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}

function read(path: string): string {
  return readFileSync(resolve(ROOT, path), 'utf8');
}

test('there are lock files to look at', () => {
  expect(LOCKS).toContain('package-lock.json');
});

describe.each(LOCKS)('%s', (path) => {
  const { packages } = JSON.parse(read(path)) as { packages: Record<string, Locked> };
  // The workspaces are this repository itself; what is installed lies below a `node_modules`.
  const installed = Object.entries(packages).filter(
    ([name, { link, inBundle }]) => name.includes('node_modules/') && link !== true && inBundle !== true,
  );

  test('holds a strong checksum of every package', () => {
    expect(installed.length).toBeGreaterThan(0);
    expect(installed.filter(([, { integrity }]) => !/^sha512-.{86}==$/.test(integrity ?? ''))).toEqual([]);
  });

  test('takes none from anywhere but a registry, encrypted', () => {
    const elsewhere = installed.filter(
      ([, { resolved }]) => resolved !== undefined && !/^https:\/\/[a-z0-9.-]+\//.test(resolved),
    );
    expect(elsewhere).toEqual([]);
  });
});

test('a package asks to run a script at its installation only if it is the runtime', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
  const running = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect(running.map(([name]) => name)).toEqual(['node_modules/bun']);
});

test('a dependency is named by one version and no range', () => {
  for (const path of LOCKS.map((lock) => lock.replace('package-lock', 'package'))) {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(read(path)) as Record<
      string,
      Record<string, string>
    >;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect({ path, name, isExact: /^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version) }).toEqual({
        path,
        name,
        isExact: true,
      });
    }
  }
});
