import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { draftOf, dropDraft, placeDraft } from './place-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'turnpike-place-'));
  path = join(folder, 'made');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a draft is its owner’s only, and takes its name whole', () => {
  const draft = draftOf(path);
  writeFileSync(draft, 'whole');
  expect(placeDraft(draft, path)).toBe(true);
  expect(readdirSync(folder)).toEqual(['made']);
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['whole', 0o600]);
});

test('a file that came meanwhile stays as it is', () => {
  const draft = draftOf(path);
  writeFileSync(path, 'of somebody else');
  expect(placeDraft(draft, path)).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('of somebody else');
  dropDraft(draft);
  expect(readdirSync(folder)).toEqual(['made']);
});

test('two drafts of one file do not meet', () => {
  expect(draftOf(path)).not.toBe(draftOf(path));
});
