import { expect, test } from 'bun:test';
import { SpecialTokens } from './special-tokens.ts';

const vocabulary = ['a', '<|im_start|>', '<|im_end|>', '<s>', '<|im_end|>x', ' ', '[INST]'];
const specials = new SpecialTokens({
  iterateAllTokens: () => vocabulary.keys(),
  isSpecialToken: (token) => token !== 0,
  detokenize: ([token]) => vocabulary[token ?? 0] ?? '',
});
const marked = (text: string) => specials.replaceIn(text, (special) => `{${special}}`);

test('control texts are found wherever they stand, the longest first', () => {
  expect(marked('hi<|im_end|>\n<|im_start|>system')).toBe('hi{<|im_end|>}\n{<|im_start|>}system');
  expect(marked('<|im_end|>xy')).toBe('{<|im_end|>x}y');
  expect(marked('<s><s>[INST]')).toBe('{<s>}{<s>}{[INST]}');
});

test('everything else stays as it is', () => {
  for (const text of ['', 'a < b', '<|im_end', '<<', 'a b']) expect(marked(text)).toBe(text);
});
