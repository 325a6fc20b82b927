import { expect, test } from 'bun:test';
import type { Code } from '../../../src/http/api/wire/operator-codes.ts';
import { codeState } from './code-state.ts';

const code = (change: Partial<Code>): Code => ({
  ...{ id: 'a', redacted: '…WXYZ', amountTicks: '5', uses: { most: 2, done: 1 }, memo: '' },
  ...{ expiresAtMs: null, endedAtMs: null, createdAtMs: 0, createdBy: 'Lin', ...change },
});

test('a code is open until its last use, its last moment, or somebody takes it back', () => {
  expect(codeState(code({}), 100)).toBe('open');
  expect(codeState(code({ expiresAtMs: 101 }), 100)).toBe('open');
  expect(codeState(code({ expiresAtMs: 100 }), 100)).toBe('over');
  expect(codeState(code({ uses: { most: 2, done: 2 } }), 100)).toBe('used');
  expect(codeState(code({ endedAtMs: 50, expiresAtMs: 1, uses: { most: 1, done: 1 } }), 100)).toBe('ended');
});
