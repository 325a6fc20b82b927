import { expect, test } from 'bun:test';
import { JsonEnd } from './json-end.ts';

/** Where the document ends when the text comes one character at a time. */
function endOf(text: string): number | undefined {
  const end = new JsonEnd();
  for (let at = 0; at < text.length; at += 1) {
    if (end.find(text.charAt(at)) !== undefined) return at + 1;
  }
  return undefined;
}

test.each([
  ['{"a":1}', '\n\n'],
  ['  [1,[2],{"b":[]}]', ' more'],
  ['{"a":"}"}', ''],
  ['{"a":"\\"}"}', ' '],
  ['{"a":"\\\\"}', '}'],
])('%j ends before %j', (document, rest) => {
  expect(endOf(document + rest)).toBe(document.length);
  expect(new JsonEnd().find(document + rest)).toBe(document.length);
});

test('a document that goes on has no end', () => {
  for (const text of ['', '{"a":[1]', '"}"', '7']) expect(endOf(text)).toBeUndefined();
});
