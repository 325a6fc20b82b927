import { expect, test } from 'bun:test';
import { errorFact } from './error-fact.ts';

test('what an error says, and where it was thrown', () => {
  expect(errorFact(new RangeError('negative money'))).toMatch(
    /^RangeError: negative money at .*error-fact\.test\.ts/,
  );
  expect(errorFact('thrown bare')).toBe('thrown bare');
});

test("a parser's words stay out: they quote what it read", () => {
  try {
    JSON.parse('{"messages": secret prompt}');
    expect.unreachable();
  } catch (error) {
    expect(errorFact(error)).toStartWith('SyntaxError at ');
    expect(errorFact(error)).not.toContain('secret');
  }
});

test('bounded', () => {
  expect(errorFact(new Error('x'.repeat(10_000))).length).toBeLessThan(500);
  expect(errorFact('x'.repeat(10_000)).length).toBe(200);
});
