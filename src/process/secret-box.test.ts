import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSecretBox } from './secret-box.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'turnpike-box-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what was sealed is opened by the same folder at any later time', () => {
  const sealed = openSecretBox(folder).seal('xai-secret ключ 密钥');
  expect(openSecretBox(folder).open(sealed)).toBe('xai-secret ключ 密钥');
  expect(sealed).not.toContain('secret');
  expect(openSecretBox(folder).seal('same')).not.toBe(openSecretBox(folder).seal('same'));
});

test('the key file is whole, private, and alone', () => {
  openSecretBox(folder);
  expect(readdirSync(folder)).toEqual(['secret.key']);
  const { size, mode } = statSync(join(folder, 'secret.key'));
  expect({ size, mode: mode & 0o777 }).toEqual({ size: 32, mode: 0o600 });
});

test('processes that make the key at once use one key', async () => {
  const seal = `
    import { openSecretBox } from ${JSON.stringify(join(import.meta.dir, 'secret-box.ts'))};
    console.log(openSecretBox(process.argv.at(-1)).seal('x'));
  `;
  const children = Array.from({ length: 4 }, () => Bun.spawn([process.execPath, '-e', seal, folder]));
  const sealed = await Promise.all(
    children.map(async (child) => (await new Response(child.stdout).text()).trim()),
  );
  const box = openSecretBox(folder);
  expect(sealed.map((text) => box.open(text))).toEqual(['x', 'x', 'x', 'x']);
});

test('what was altered, cut or sealed elsewhere does not open', () => {
  const box = openSecretBox(folder);
  const sealed = box.seal('secret');
  const other = mkdtempSync(join(tmpdir(), 'turnpike-box-'));
  const [version, body = ''] = sealed.split('.');
  const flipped = (body.startsWith('A') ? 'B' : 'A') + body.slice(1);
  const tries = [
    '',
    'v1',
    'v1.',
    `v2.${body}`,
    `${version}.${flipped}`,
    sealed.slice(0, -4),
    `${version}.${body.slice(0, 20)}`,
  ];
  for (const text of [...tries, openSecretBox(other).seal('secret')]) expect(() => box.open(text)).toThrow();
  rmSync(other, { recursive: true });
});

test('a damaged key file is never replaced, and the error does not quote it', () => {
  writeFileSync(join(folder, 'secret.key'), 'too short, but dear');
  expect(() => openSecretBox(folder)).toThrow(/damaged; restore it from a backup/);
  expect(() => openSecretBox(folder)).not.toThrow(/dear/);
  expect(readFileSync(join(folder, 'secret.key'), 'utf8')).toBe('too short, but dear');
});
