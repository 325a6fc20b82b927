import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { leafBelow, pathTo, versionsById } from './message-tree.ts';

/** A tree in the order in which it was written: each message below one that is older, or at the beginning. */
const trees = fc.array(fc.nat(), { maxLength: 40 }).map((choices) =>
  choices.map((choice, at) => {
    const parent = choice % (at + 1);
    return { id: `m${at}`, parentId: parent === at ? null : `m${parent}` };
  }),
);

test('a path begins at the beginning, and each message is below the one before', () => {
  fc.assert(
    fc.property(trees, (messages) => {
      for (const { id } of messages) {
        const path = pathTo(messages, id);
        expect(path.at(-1)?.id).toBe(id);
        path.forEach((message, at) => {
          expect(message.parentId).toBe(path[at - 1]?.id ?? null);
        });
      }
    }),
  );
});

test('every message is among its versions, and they share its parent', () => {
  fc.assert(
    fc.property(trees, (messages) => {
      const versions = versionsById(messages);
      for (const message of messages) {
        expect(versions.get(message.id)).toContain(message);
        for (const one of versions.get(message.id) ?? []) expect(one.parentId).toBe(message.parentId);
      }
    }),
  );
});

test('a chosen version is on the path that is shown, whose end has nothing below it', () => {
  fc.assert(
    fc.property(trees, (messages) => {
      for (const { id } of messages) {
        const leaf = leafBelow(messages, id);
        expect(pathTo(messages, leaf).map((message) => message.id)).toContain(id);
        expect(messages.some(({ parentId }) => parentId === leaf)).toBeFalse();
      }
    }),
  );
});

test('the youngest continuation is shown', () => {
  const messages = [
    { id: 'asked', parentId: null },
    { id: 'first', parentId: 'asked' },
    { id: 'second', parentId: 'asked' },
  ];
  expect(leafBelow(messages, 'asked')).toBe('second');
});

test('what is not there has no path', () => {
  expect(pathTo([{ id: 'a', parentId: null }], 'b')).toEqual([]);
});
