import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { enterSends } from './enter-sends.ts';

const LONG_AGO = Number.POSITIVE_INFINITY;
const ENTER = {
  ...{ key: 'Enter', shiftKey: false, altKey: false, ctrlKey: false, metaKey: false },
  ...{ isComposing: false, keyCode: 13 },
};

test('Enter sends, and Shift+Enter begins a line', () => {
  expect(enterSends(ENTER, LONG_AGO, false)).toBeTrue();
  expect(enterSends({ ...ENTER, shiftKey: true }, LONG_AGO, false)).toBeFalse();
  expect(enterSends({ ...ENTER, altKey: true }, LONG_AGO, false)).toBeFalse();
  expect(enterSends({ ...ENTER, key: 'a' }, LONG_AGO, false)).toBeFalse();
});

test('an Enter of an input method never sends, whatever is held with it', () => {
  const signs = [
    { press: { isComposing: true }, sinceMs: LONG_AGO },
    // Safari: the composition has ended, and only the code tells.
    { press: { keyCode: 229 }, sinceMs: LONG_AGO },
    { press: { key: 'Process' }, sinceMs: LONG_AGO },
    { press: {}, sinceMs: 4 },
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...signs),
      fc.record({ shiftKey: fc.boolean(), ctrlKey: fc.boolean(), metaKey: fc.boolean() }),
      fc.boolean(),
      ({ press, sinceMs }, held, isTouch) => {
        expect(enterSends({ ...ENTER, ...held, ...press }, sinceMs, isTouch)).toBeFalse();
      },
    ),
  );
});

test('on a touch keyboard Enter is a new line, and Ctrl or Cmd send', () => {
  expect(enterSends(ENTER, LONG_AGO, true)).toBeFalse();
  expect(enterSends({ ...ENTER, metaKey: true }, LONG_AGO, true)).toBeTrue();
  expect(enterSends({ ...ENTER, ctrlKey: true }, LONG_AGO, false)).toBeTrue();
});
