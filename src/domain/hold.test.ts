import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { type HoldCommandName, type HoldState, stepHold } from './hold.ts';

const COMMANDS: HoldCommandName[] = ['extend', 'post', 'void', 'expire'];

test.each<[HoldState, HoldCommandName, HoldState | 'exists' | 'refused']>([
  ['held', 'extend', 'held'],
  ['held', 'post', 'posted'],
  ['held', 'void', 'voided'],
  ['held', 'expire', 'expired'],
  ['posted', 'extend', 'refused'],
  ['posted', 'post', 'exists'],
  ['posted', 'void', 'refused'],
  ['posted', 'expire', 'refused'],
  ['voided', 'extend', 'refused'],
  ['voided', 'post', 'refused'],
  ['voided', 'void', 'exists'],
  ['voided', 'expire', 'refused'],
  ['expired', 'extend', 'refused'],
  ['expired', 'post', 'refused'],
  ['expired', 'void', 'refused'],
  ['expired', 'expire', 'exists'],
])('%s and then %s: %s', (state, command, answer) => {
  const step = stepHold(state, command);
  expect(step.outcome === 'done' ? step.state : step.outcome).toBe(answer);
});

test('whatever is asked in whatever order, a hold ends once, as the first end said', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...COMMANDS), { maxLength: 30, size: 'max' }), (commands) => {
      let state: HoldState = 'held';
      const ends: HoldCommandName[] = [];
      for (const command of commands) {
        const step = stepHold(state, command);
        if (step.outcome === 'exists') expect(command).toBe(ends[0] as HoldCommandName);
        if (step.outcome !== 'done') continue;
        if (command !== 'extend') ends.push(command);
        state = step.state;
      }
      const firstEnd = commands.find((command) => command !== 'extend');
      expect(ends).toEqual(firstEnd === undefined ? [] : [firstEnd]);
      expect(state === 'held').toBe(firstEnd === undefined);
    }),
  );
});
