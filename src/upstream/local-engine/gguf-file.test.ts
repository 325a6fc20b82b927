import { afterAll, expect, test } from 'bun:test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelNameOf, whyNotGguf } from './gguf-file.ts';

const folder = await mkdtemp(join(tmpdir(), 'turnpike-gguf-'));
afterAll(() => rm(folder, { recursive: true }));

async function verdict(name: string, head: string | Uint8Array): Promise<string | undefined> {
  const path = join(folder, name);
  await writeFile(path, head);
  return whyNotGguf(path);
}
const gguf = (version: number) => Uint8Array.from([...Buffer.from('GGUF'), version, 0, 0, 0, 9, 9]);

test('the head of the file decides', async () => {
  expect(await verdict('a.gguf', gguf(3))).toBeUndefined();
  expect(await verdict('b.gguf', gguf(9))).toBe('unknown-version');
  expect(await verdict('c.gguf', '<!doctype html>')).toBe('not-a-model');
  expect(await verdict('d.gguf', 'GG')).toBe('not-a-model');
  expect(await whyNotGguf(folder)).toBe('unreadable');
  expect(await whyNotGguf(join(folder, 'missing.gguf'))).toBe('no-such-file');
});

test('a part of a split model is no model, but a split of one part is', async () => {
  expect(await verdict('m-00001-of-00002.gguf', gguf(3))).toBe('split-model');
  expect(await verdict('m-00001-of-00001.gguf', gguf(3))).toBeUndefined();
});

test('a model is named after its file, without the quantisation', () => {
  expect(modelNameOf('/x/SmolLM2-135M-Instruct.Q4_1.gguf')).toBe('SmolLM2-135M-Instruct');
  expect(modelNameOf('qwen2.5-0.5b-instruct-q4_k_m.gguf')).toBe('qwen2.5-0.5b-instruct');
  expect(modelNameOf('phi-4-bf16.GGUF')).toBe('phi-4');
  expect(modelNameOf('model.gguf')).toBe('model');
});
