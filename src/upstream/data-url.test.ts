import { expect, test } from 'bun:test';
import { readDataUrl } from './data-url.ts';
import { IMAGE_HEAD_BYTES } from './image-size.ts';

test.each([1, 2, 3, 4, 57, 1000])('knows the size of %d bytes in every spelling of base64', (sizeBytes) => {
  const bytes = Buffer.alloc(sizeBytes, 0xfb);
  for (const text of [
    bytes.toString('base64'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ]) {
    const read = readDataUrl(`data:image/png;base64,${text}`);
    expect(read?.sizeBytes).toBe(sizeBytes);
    expect(read?.head).toEqual(bytes);
  }
});

test('decodes only the head of a long one', () => {
  const read = readDataUrl(`data:image/jpeg;name=a;base64,${'A'.repeat(IMAGE_HEAD_BYTES * 2)}`);
  expect(read?.sizeBytes).toBe(IMAGE_HEAD_BYTES * 1.5);
  expect(read?.head.length).toBeLessThan(IMAGE_HEAD_BYTES + 3);
});

test.each([
  'https://example.com/a.png',
  'data:image/png,abc',
  'data:image/png;base64,',
  'data:image/png;base64,A',
  'data:image/png;base64,AAAAA',
  'data:image/png;base64,AA=A',
  'data:image/png;base64,AA===',
  'data:image/png;base64,A!BC',
  'data:image/png;base64,%41%41',
  `data:${'x'.repeat(300)};base64,AAAA`,
  '',
])('%s is none', (url) => {
  expect(readDataUrl(url)).toBeUndefined();
});
