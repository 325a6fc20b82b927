import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { piecesOf } from './code-pieces.ts';
import { highlighter } from './highlight-languages.ts';

const hljs = highlighter();
const textOf = (code: string, language: string) =>
  piecesOf(hljs.highlight(code, { language, ignoreIllegals: true }).value)
    .map(({ text }) => text)
    .join('');

test('colours take nothing away and add nothing, whatever the code is', () => {
  const code = fc.oneof(
    fc.string(),
    fc
      .array(fc.constantFrom('<b>', '&amp;', '"', "'", '`${a}`', '// c\n', 'if', ' ', '\n', '<', '&', '/*'))
      .map((all) => all.join('')),
  );
  fc.assert(
    fc.property(code, fc.constantFrom(...hljs.listLanguages()), (text, language) => {
      expect(textOf(text, language)).toBe(text);
    }),
  );
});

test('the innermost mark gives the colour', () => {
  const pieces = piecesOf(hljs.highlight('const a = `x ${1}`; // end', { language: 'typescript' }).value);
  expect(pieces).toContainEqual({ kind: 'key', text: 'const' });
  expect(pieces).toContainEqual({ kind: 'num', text: '1' });
  expect(pieces).toContainEqual({ kind: 'com', text: '// end' });
});
