import { describe, expect, test } from 'bun:test';
import { FrameWriter, hasFrameAfter, readFrame } from './journal-frame.ts';

const opened = (walletId: string) => JSON.stringify({ kind: 'wallet', walletId, atMs: 1 });

const writeFrame = (first: number, lines: readonly string[]) => new FrameWriter().write(first, lines);

describe('a frame of the journal', () => {
  test('is read as it was written, also behind another one', () => {
    const [one, two] = [writeFrame(1, [opened('a'), opened('b\n"ü"')]), writeFrame(3, [opened('c')])];
    const bytes = Buffer.concat([one, two]);
    const first = readFrame(bytes, 0);
    expect(first).toMatchObject({ first: 1, endBytes: one.length });
    expect(first?.effects.map((effect) => effect.kind === 'wallet' && effect.walletId)).toEqual([
      'a',
      'b\n"ü"',
    ]);
    expect(readFrame(bytes, one.length)).toMatchObject({ first: 3, endBytes: bytes.length });
    expect(readFrame(bytes, bytes.length)).toBeUndefined();
  });

  test('is written into the same memory as the one before, whatever their lengths', () => {
    const writer = new FrameWriter();
    for (const count of [1, 300, 2, 40]) {
      const lines = Array.from({ length: count }, (_, index) => opened(`钱包 ${index}`));
      const read = readFrame(Buffer.from(writer.write(5, lines)), 0);
      expect(read?.effects.map((effect) => JSON.stringify(effect))).toEqual(lines);
    }
  });

  test('that was cut anywhere is none', () => {
    const frame = writeFrame(7, [opened('a'), opened('b')]);
    for (let length = 0; length < frame.length; length += 1) {
      expect(readFrame(frame.subarray(0, length), 0)).toBeUndefined();
      // In a file with room, zeros follow.
      const padded = Buffer.concat([frame.subarray(0, length), Buffer.alloc(200)]);
      expect(readFrame(padded, 0)).toBeUndefined();
    }
  });

  test('of which any byte was changed is none, unless its head says another number', () => {
    const frame = writeFrame(7, [opened('a'), opened('b')]);
    for (let at = 0; at < frame.length; at += 1) {
      const changed = Buffer.from(frame);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const read = readFrame(changed, 0);
      if (read !== undefined) expect(read.first).not.toBe(7);
    }
  });

  test('behind damage shows that the damage is in the middle', () => {
    const one = writeFrame(1, [opened('a')]);
    const damaged = Buffer.from(one);
    damaged[damaged.length - 3] = 0;
    expect(hasFrameAfter(Buffer.concat([damaged, writeFrame(2, [opened('b')])]), 0)).toBe(true);
    expect(hasFrameAfter(Buffer.concat([damaged, Buffer.alloc(100)]), 0)).toBe(false);
  });
});
