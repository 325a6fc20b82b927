import { expect, test } from 'bun:test';
import type { LlamaModel } from './llama-binding.ts';
import { createTokenBytes } from './token-bytes.ts';

/** The bytes of a one-token vocabulary, as text where they are text. */
function bytesOf(vocabularyType: string, piece: string, isSpecial = false): number[] {
  const model = {
    vocabularyType,
    fileInfo: { metadata: { tokenizer: { ggml: { tokens: [piece] } } } },
    isSpecialToken: () => isSpecial,
    detokenize: () => '<as text>',
  } as unknown as LlamaModel;
  return [...createTokenBytes(model)(0)];
}
const utf8 = (text: string) => [...Buffer.from(text)];

test("GPT-2's letters are bytes", () => {
  expect(bytesOf('bpe', 'Ġworld')).toEqual(utf8(' world'));
  expect(bytesOf('bpe', 'Ċ')).toEqual([10]);
  expect(bytesOf('bpe', 'åĳ')).toEqual([229, 145]);
  expect(bytesOf('bpe', '½')).toEqual([189]);
});

test("SentencePiece's pieces are text, but for spaces and bytes", () => {
  expect(bytesOf('spm', '\u2581hé')).toEqual(utf8(' hé'));
  expect(bytesOf('spm', '<0x0A>')).toEqual([10]);
});

test('what is in neither way is its text', () => {
  expect(bytesOf('bpe', '中')).toEqual(utf8('<as text>'));
  expect(bytesOf('bpe', '<|im_end|>', true)).toEqual(utf8('<as text>'));
});
