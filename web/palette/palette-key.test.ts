import { expect, test } from 'bun:test';
import { asksForPalette } from './palette-key.ts';

const PRESS = { metaKey: false, ctrlKey: false, altKey: false, shiftKey: false, isComposing: false };

test.each([
  ['⌘K', { key: 'k', metaKey: true }, true, true],
  ['Ctrl+K with the capitals locked', { key: 'K', ctrlKey: true }, true, true],
  ['Ctrl+Shift+K, which is the browser’s', { key: 'K', ctrlKey: true, shiftKey: true }, false, false],
  ['k alone', { key: 'k' }, false, false],
  ['a slash', { key: '/' }, false, true],
  ['a slash that is written', { key: '/' }, true, false],
  ['a slash of an input method', { key: '/', isComposing: true }, false, false],
])('%s', (_, press, isWriting, asks) => {
  expect(asksForPalette({ ...PRESS, ...press }, isWriting)).toBe(asks);
});
