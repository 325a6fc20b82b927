import { expect, test } from 'bun:test';
import { escapeHtml, html, richText, trustedMarkup } from './html.ts';

test('escapes whatever is put into a template, between tags and in attributes', () => {
  const hostile = `"><script>alert('1')</script>&amp;`;
  const { markup } = html`<p title="${hostile}">${hostile}</p>`;
  expect(markup).not.toContain('<script');
  // What is left of these characters is the template's own.
  expect(markup.match(/["'<>]/g)?.join('')).toBe('<""><>');
});

test('leaves markup of its own and of templates as it is', () => {
  expect(html`<b>${html`<i>${'<'}</i>`}${trustedMarkup('<br>')}</b>`.markup).toBe('<b><i>&#60;</i><br></b>');
  expect(html`${[html`<i></i>`, ['a', 1]]}${undefined}`.markup).toBe('<i></i>a1');
});

test('an object that only looks like markup is no markup', () => {
  const forged = JSON.parse('{"markup":"<script>"}');
  expect(() => html`${forged}`.markup).toThrow();
});

test('backticks become code, and code is escaped too', () => {
  expect(richText('set `A=<b>` now').markup).toBe('set <code>A=&#60;b&#62;</code> now');
});

test('escapeHtml covers the five characters', () => {
  expect(escapeHtml(`&<>"'`)).toBe('&#38;&#60;&#62;&#34;&#39;');
});
