import { expect, test } from 'bun:test';
import { RecordingRoom } from './recording-room.ts';

test('what is given back can be taken again, and no more than there is', () => {
  const room = new RecordingRoom(10);
  expect([room.take(6), room.take(5), room.take(4), room.take(1)]).toEqual([true, false, true, false]);
  room.giveBack(6);
  expect([room.take(7), room.take(6)]).toEqual([false, true]);
});
