import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { MarkdownView } from './markdown-view.tsx';
import { en } from './words.en.ts';

const shown = (text: string) => renderToStaticMarkup(<MarkdownView text={text} words={en} />);
/** What a reader sees of it. */
const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&');

const NASTY = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[a](javascript:alert(1))',
  '[a](data:text/html,<script>)',
  '![a](https://example.com/a.png)',
  '![a](javascript:alert(1))',
  '<https://example.com>',
  '<a href="javascript:alert(1)">a</a>',
  '[name]\n\n[name]: vbscript:run',
  '<iframe src="//example.com">',
  '<svg onload=alert(1)>',
  '| <b onclick=x> |\n|--|\n| <style>*{}</style> |',
  '```html\n<script>alert(1)</script>\n```',
  '- [ ] <object data=x>',
  '> <!-- hidden -->',
];

test('whatever a model writes, nothing of it runs, and nothing is fetched from elsewhere', () => {
  const texts = fc
    .array(
      fc.oneof(fc.constantFrom(...NASTY), fc.string(), fc.constantFrom('\n\n', ' ', '- ', '> ', '```\n')),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      const html = shown(text);
      const tags = html.match(/<[^>]*>/g) ?? [];
      for (const tag of tags) {
        expect(tag).not.toMatch(/^<(?:script|img|iframe|style|object|embed|form|base|meta|link)\b/i);
        expect(tag).not.toMatch(/\son\w+=/i);
        expect(tag).not.toMatch(/(?:href|src)="(?!https?:|mailto:)/i);
      }
      for (const link of tags.filter((tag) => tag.startsWith('<a '))) {
        expect(link).toContain('rel="noopener noreferrer"');
      }
    }),
    { numRuns: 500 },
  );
});

test('HTML is shown as it was written, within its paragraph', () => {
  expect(textOf(shown('one <b>two</b>\n<div>three</div>'))).toBe('one <b>two</b>\n<div>three</div>');
  expect(shown('one <b>two</b>\n<div>three</div>').match(/<p>/g)).toHaveLength(1);
  expect(shown('a<br>b')).toContain('<br/>');
});

test('tables, lists, tasks, quotes and code are drawn as such', () => {
  const html = shown(
    '| a | b |\n|---|--:|\n| 1 | 2 |\n\n3. three\n\n- [x] done\n\n> said\n\n```ts\nconst a\n```\n',
  );
  expect(html).toContain('<th scope="col" class="r">b</th>');
  expect(html).toContain('<ol start="3">');
  expect(html).toContain('type="checkbox"');
  expect(html).toContain('<blockquote>');
  expect(html).toContain('TypeScript');
});

test.each([
  ['quotes in quotes', `${'>'.repeat(10_000)} the end`],
  [
    'lists in lists',
    `${Array.from({ length: 300 }, (_, level) => `${' '.repeat(2 * level)}- a`).join('\n')} the end`,
  ],
  ['brackets without an end', `${'['.repeat(10_000)} the end`],
  ['links in links', `${'[a]('.repeat(3_000)} the end`],
  ['stars', `${'*a '.repeat(5_000)} the end`],
  [
    'a table as wide as a book',
    `${'|a'.repeat(1_000)}|\n${'|-'.repeat(1_000)}|\n${'|a'.repeat(999)}|the end|`,
  ],
])('what would break whoever draws it is drawn: %s', (_, text) => {
  expect(textOf(shown(text))).toContain('the end');
});
