import { expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const WEB = join(import.meta.dir, '../../web');
const read = (folder: string) =>
  readdirSync(join(WEB, folder))
    .filter((name) => name.endsWith('.tsx'))
    .map((name) => readFileSync(join(WEB, folder, name), 'utf8'));

/** They are part of the bars, which show them. */
const OF_OTHERS = ['BarTable', 'BarTip'];

test('whoever looks at the design page sees every component that there is', () => {
  const components = read('design').flatMap((source) =>
    [...source.matchAll(/^export function ([A-Z]\w+)/gm)].map(([, name = '']) => name),
  );
  const page = read('console/design').join('\n');
  expect(components.length).toBeGreaterThan(15);
  const unseen = components.filter((name) => !OF_OTHERS.includes(name) && !page.includes(`<${name}`));
  expect(unseen).toEqual([]);
});
