import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { type AnswerEvent, takeEvents, waitBeforeTry } from './answer-events.ts';

const STREAM = [
  'retry: 2000\n\n',
  'id: 1\nevent: reasoning\ndata: {"text":"hm"}\n\n',
  ': still here\n\n',
  'id: 2\nevent: text\ndata: {"text":"forty\\n\\ntwo"}\n\n',
  'id: 3\nevent: end\ndata: {"state":"done"}\n\n',
].join('');

const EVENTS = [
  { number: 1, kind: 'reasoning', text: 'hm' },
  { number: 2, kind: 'text', text: 'forty\n\ntwo' },
  { number: 3, kind: 'end', text: 'done' },
];

test('events are the same wherever the stream is cut into pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: STREAM.length })), (cuts) => {
      const places = [...new Set(cuts), STREAM.length].sort((a, b) => a - b);
      const got: AnswerEvent[] = [];
      let rest = '';
      let from = 0;
      for (const to of places) {
        const taken = takeEvents(rest + STREAM.slice(from, to));
        got.push(...taken.events);
        rest = taken.rest;
        from = to;
      }
      expect(got).toEqual(EVENTS);
      expect(rest).toBe('');
    }),
  );
});

test('tries come later and later, up to a bound, and never at once', () => {
  const waits = [1, 2, 3, 4, 5, 6, 20].map((failures) => waitBeforeTry(failures, 1));
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  expect(waitBeforeTry(1, 0)).toBe(250);
});
