import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const APP = resolve(import.meta.dir, '../../web/app');

/** Where the pages stand, address by address. A page cannot be added without being here. */
export function pageAddresses(): readonly string[] {
  const sources = ['app.tsx', 'console-routes.tsx'].map((name) => readFileSync(join(APP, name), 'utf8'));
  const named = sources.flatMap((source) => [...source.matchAll(/<Route path="([^"]+)"/g)]);
  // A parameter that may be left out makes two addresses of one.
  const paths = named.flatMap(([, path = '']) =>
    path.endsWith('?') ? [path.replace(/\/:\w+\?$/, ''), path.slice(0, -1)] : [path],
  );
  // `/` is the walk-through's page, which the server makes itself.
  return [...new Set(paths)].filter((path) => path !== '/');
}

/** An address with something in the place of its parameters. */
export function fillAddress(address: string, parameters: Readonly<Record<string, string>>): string {
  return address.replace(/:(\w+)/g, (_, name: string) => {
    const value = parameters[name];
    if (value === undefined || value === '')
      throw new Error(`${address} needs something to stand for :${name}; test/browser/inhabited-server.ts`);
    return value;
  });
}
