import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { IMAGE_HEAD_BYTES, type ImageSize, readImageSize } from './image-size.ts';

const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0));
const u16 = (value: number) => [value >> 8, value & 0xff];
const u16le = (value: number) => [value & 0xff, value >> 8];
const u24le = (value: number) => [value & 0xff, (value >> 8) & 0xff, value >> 16];
const zeros = (count: number) => new Array<number>(count).fill(0);

const png = [
  0x89,
  ...ascii('PNG\r\n\x1a\n'),
  0,
  0,
  0,
  13,
  ...ascii('IHDR'),
  0,
  0,
  ...u16(640),
  0,
  1,
  ...u16(2),
];
const gif = (version: string) => [...ascii(version), ...u16le(320), ...u16le(200)];
const frame = (marker: number) => [0xff, marker, ...u16(17), 8, ...u16(480), ...u16(640), 3];
const segment = (marker: number, length: number) => [0xff, marker, ...u16(length + 2), ...zeros(length)];
const riff = [...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBP')];
const vp8 = [
  ...riff,
  ...ascii('VP8 '),
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0x9d,
  0x01,
  0x2a,
  ...u16le(0x4000 | 550),
  ...u16le(368),
];
const vp8l = [...riff, ...ascii('VP8L'), 0, 0, 0, 0, 0x2f, 0x8f, 0x41, 0x23, 0x00, ...zeros(8)];
const vp8x = [...riff, ...ascii('VP8X'), ...zeros(8), ...u24le(69_999), ...u24le(1_199)];

const pictures: [string, number[], ImageSize][] = [
  ['PNG', png, { type: 'png', widthPx: 640, heightPx: 65_538 }],
  ['GIF87a', gif('GIF87a'), { type: 'gif', widthPx: 320, heightPx: 200 }],
  ['GIF89a', gif('GIF89a'), { type: 'gif', widthPx: 320, heightPx: 200 }],
  ['JPEG', [0xff, 0xd8, ...frame(0xc0)], { type: 'jpeg', widthPx: 640, heightPx: 480 }],
  [
    'progressive JPEG behind metadata, fill bytes and tables',
    [0xff, 0xd8, ...segment(0xe1, 65_000), 0xff, ...segment(0xc4, 30), ...segment(0xfe, 9), ...frame(0xc2)],
    { type: 'jpeg', widthPx: 640, heightPx: 480 },
  ],
  ['lossy WebP', vp8, { type: 'webp', widthPx: 550, heightPx: 368 }],
  ['lossless WebP', vp8l, { type: 'webp', widthPx: 400, heightPx: 142 }],
  ['extended WebP', vp8x, { type: 'webp', widthPx: 70_000, heightPx: 1_200 }],
];

test.each(pictures)('reads the size of a %s', (_name, bytes, size) => {
  expect(readImageSize(Uint8Array.from(bytes))).toEqual(size);
});

test.each(pictures)('a %s that was cut off anywhere has no size and does no harm', (_name, bytes) => {
  for (let length = 0; length < Math.min(bytes.length - 1, 60); length += 1) {
    expect(readImageSize(Uint8Array.from(bytes.slice(0, length)))?.widthPx ?? 1).toBeGreaterThan(0);
  }
  expect(readImageSize(Uint8Array.from(bytes.slice(0, 9)))).toBeUndefined();
});

test.each([
  ['nothing', []],
  ['text', ascii('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>')],
  ['a PNG of no width', png.map((byte, index) => (index >= 16 && index < 20 ? 0 : byte))],
  ['a JPEG whose data starts before any frame', [0xff, 0xd8, ...segment(0xda, 4), ...frame(0xc0)]],
  ['a JPEG with a segment of length 0', [0xff, 0xd8, 0xff, 0xe0, 0, 0, ...frame(0xc0)]],
  ['a JPEG of markers only', [0xff, 0xd8, ...new Array<number>(5_000).fill(0xff)]],
  ['a WebP of an unknown layout', [...riff, ...ascii('ABCD'), ...zeros(20)]],
])('%s has no size', (_name, bytes) => {
  expect(readImageSize(Uint8Array.from(bytes))).toBeUndefined();
});

test('a size behind the searched head is not found, however long the file', () => {
  const metadata = Array.from({ length: 9 }, () => segment(0xe1, 65_000)).flat();
  expect(metadata.length).toBeGreaterThan(IMAGE_HEAD_BYTES);
  expect(readImageSize(Uint8Array.from([0xff, 0xd8, ...metadata, ...frame(0xc0)]))).toBeUndefined();
});

test('no bytes make it throw', () => {
  const starts = pictures.map(([, bytes]) => Uint8Array.from(bytes.slice(0, 16)));
  const hostile = fc
    .tuple(fc.constantFrom(new Uint8Array(), ...starts), fc.uint8Array({ maxLength: 80 }))
    .map(([start, rest]) => Uint8Array.from([...start, ...rest]));
  fc.assert(
    fc.property(hostile, (bytes) => {
      readImageSize(bytes);
    }),
    { numRuns: 500 },
  );
});

test('reads a view into a larger buffer from its own start', () => {
  const padded = Uint8Array.from([1, 2, 3, ...png]);
  expect(readImageSize(padded.subarray(3))?.type).toBe('png');
});
