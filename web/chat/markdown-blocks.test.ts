import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { Lexer } from 'marked';
import { appendMarkdown, growMarkdown, type MarkdownText, NO_MARKDOWN } from './markdown-blocks.ts';

const at = (text: string) => appendMarkdown(NO_MARKDOWN, text);
const tokensOf = ({ blocks }: MarkdownText) => blocks.map(({ token }) => token);

/** Lines that Markdown gives a meaning, in any order, with and without their ends. */
const lines = fc.constantFrom(
  ...[
    'words of a paragraph',
    'more **bold** and `code`',
    '# heading',
    '## ',
    '---',
    '===',
    '- item',
    '- ',
    '-',
  ],
  ...[
    '  - deeper',
    '    in the item',
    '1. first',
    '2. second',
    '2',
    '10) ten',
    '* star',
    '+ plus',
    '> quote',
    '>',
  ],
  ...[
    '```ts',
    '```',
    '~~~',
    '    indented',
    '\tindented',
    '| a | b |',
    '|---|--:|',
    '| 1 | 2 |',
    'a | b',
    '--|--',
  ],
  ...[
    '[name]: https://example.com',
    '[name]: /other "title"',
    '[two]:',
    'see [name] and [text][two]',
    '"title',
  ],
  ...[
    '<div>',
    '</div> tail',
    '<b>bold</b> words',
    '<!-- note',
    '-->',
    '<script>',
    '',
    '',
    '',
    ' ',
    '   ',
    '\\',
    '*',
    '_',
  ],
  ...[
    '![picture](https://example.com/a.png)',
    'https://example.com',
    'a  ',
    '- [ ] open',
    '- [x] done',
    '中文 **字**',
  ],
);
const texts = fc
  .array(fc.tuple(lines, fc.constantFrom('\n', '\n', '\n', '\n\n', '\r\n', '\r', '')), { maxLength: 24 })
  .map((parts) => parts.map(([line, end]) => line + end).join(''));
const cuts = fc.array(fc.nat({ max: 300 }), { maxLength: 30 });

function piecesOf(text: string, at: readonly number[]): string[] {
  const places = [...new Set(at.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  return [...places, text.length].map((end, index) => text.slice(index === 0 ? 0 : places[index - 1], end));
}

test('a text that came in any pieces is read as if it had come at once', () => {
  fc.assert(
    fc.property(texts, cuts, (text, where) => {
      const grown = piecesOf(text, where).reduce(appendMarkdown, NO_MARKDOWN);
      expect(tokensOf(grown)).toEqual(tokensOf(at(text)));
    }),
    { numRuns: 2_000 },
  );
});

test('a text that came letter by letter is read as if it had come at once', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const grown = [...text].reduce(appendMarkdown, NO_MARKDOWN);
      expect(tokensOf(grown)).toEqual(tokensOf(at(text)));
    }),
    { numRuns: 500 },
  );
});

test('an address that is defined within a list is known to what comes after it', () => {
  const pieces = ['- [name]: https://example.com\n## \nsee [name]\n', 'and [name]\n'];
  const grown = pieces.reduce(appendMarkdown, NO_MARKDOWN);
  expect(grown.frozen).toBe(2);
  expect(tokensOf(grown)).toEqual(tokensOf(at(pieces.join(''))));
});

test('what is frozen keeps its identity', () => {
  const before = at('# Title\n\nfirst\n\nsecond\n\nthi');
  expect(before.frozen).toBeGreaterThan(1);
  const after = appendMarkdown(before, 'rd\n\nfourth');
  before.blocks.slice(0, before.frozen).forEach((block, index) => {
    expect(after.blocks[index]).toBe(block);
  });
});

test('a number at the beginning of a line may go on with a list', () => {
  const grown = ['1. one\n\n2', '. two'].reduce(appendMarkdown, NO_MARKDOWN);
  expect(grown.blocks.map(({ token }) => token.type)).toEqual(['list']);
});

test('HTML is text: within its paragraph, and never a block of its own', () => {
  const { blocks } = at('before\n<div class="x">\nafter <b>bold</b>\n');
  expect(blocks.map(({ token }) => token.type)).toEqual(['paragraph']);
  const shown = JSON.stringify(blocks);
  expect(shown).not.toContain('"type":"html"');
  expect(at('<script>alert(1)</script>').blocks.map(({ token }) => token.type)).toEqual(['paragraph']);
});

test('without HTML the blocks are those of the library', () => {
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre(!text.includes('<'));
      const expected = new Lexer({ gfm: true })
        .lex(text)
        .filter(({ type }) => !['space', 'def'].includes(type));
      expect(tokensOf(at(text)).map(({ type, raw }) => [type, raw])).toEqual(
        expected.map(({ type, raw }) => [type, raw]),
      );
    }),
    { numRuns: 1_000 },
  );
});

test('an address that is written later reaches a block that was frozen', () => {
  const before = at('see [name]\n\nsecond\n\nthird\n\n');
  expect(JSON.stringify(before.blocks[0]?.token)).not.toContain('"type":"link"');
  const after = appendMarkdown(before, '[name]: https://example.com\n');
  expect(JSON.stringify(after.blocks[0]?.token)).toContain('https://example.com');
  expect(after.blocks[1]).toBe(before.blocks[1] as never);
});

test('a text that does not go on with what was there is read anew', () => {
  const grown = growMarkdown(at('one'), 'other');
  expect(grown.text).toBe('other');
  expect(growMarkdown(at('one'), 'one two').text).toBe('one two');
});
