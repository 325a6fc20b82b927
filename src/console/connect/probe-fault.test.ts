import { expect, test } from 'bun:test';
import { wordsOf } from './probe-fault.ts';

test.each([
  ['{"error":{"message":"No model of that name."}}', 'No model of that name.'],
  ['{"code":"x","error":"Flat."}', 'Flat.'],
  ['[{"error":{"message":"In a list."}}]', 'In a list.'],
  ['{"base_resp":{"status_msg":"Inside."}}', 'Inside.'],
  ['{"detail":"Not Found"}', 'Not Found'],
  ['plain\n\u0007 text ', 'plain text'],
  ['<html>502</html>', null],
  ['', null],
])('the words of %s', (text, words) => {
  expect(wordsOf(text, undefined)).toBe(words);
});

test('a key that is repeated is left out, a short one too', () => {
  expect(wordsOf('{"error":"wrong: s3cret, s3cret"}', 's3cret')).toBe('wrong: …, …');
  expect(wordsOf('{"error":"wrong: sk-1234567890***"}', 'sk-1234567890abcdef')).toBe('wrong: …');
});

test('an endless message is cut', () => {
  expect(wordsOf('x'.repeat(10_000), undefined)?.length).toBe(300);
});
