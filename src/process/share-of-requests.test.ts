import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { isInShare } from './share-of-requests.ts';
import { systemRandom } from './system-random.ts';

const ids = Array.from({ length: 4_000 }, () => systemRandom.uuid());

test('nothing of 0, everything of 1, and the share of what is between', () => {
  expect(ids.filter((id) => isInShare(id, 0))).toHaveLength(0);
  expect(ids.filter((id) => isInShare(id, 1))).toHaveLength(ids.length);
  // Nine standard deviations on either side.
  const kept = ids.filter((id) => isInShare(id, 0.25)).length;
  expect(kept).toBeGreaterThan(750);
  expect(kept).toBeLessThan(1_250);
});

test('an id and the trace id made of it agree, and a smaller share is part of a larger one', () => {
  fc.assert(
    fc.property(fc.uuid({ version: 7 }), fc.double({ min: 0, max: 1, noNaN: true }), (id, share) => {
      expect(isInShare(id.replaceAll('-', ''), share)).toBe(isInShare(id, share));
      if (isInShare(id, share / 2)) expect(isInShare(id, share)).toBe(true);
    }),
  );
});
