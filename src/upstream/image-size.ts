/** An image as its first bytes describe it. */
export interface ImageSize {
  readonly type: 'png' | 'jpeg' | 'gif' | 'webp';
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A JPEG's size stands behind its metadata (EXIF, colour profile, thumbnail); this much is searched for it. */
export const IMAGE_HEAD_BYTES = 512 * 1024;

/**
 * Reads an image's type and size from its first bytes, whatever it calls itself. Undefined when they are no
 * PNG, JPEG, GIF or WebP, when the size lies behind `IMAGE_HEAD_BYTES` or behind the end, or when it is zero.
 * Never throws: every read past the end is undefined, and every step moves forward.
 */
export function readImageSize(bytes: Uint8Array): ImageSize | undefined {
  const head = bytes.subarray(0, IMAGE_HEAD_BYTES);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const found = readPng(view) ?? readGif(view) ?? readWebp(view) ?? readJpeg(view);
  return found !== undefined && found.widthPx > 0 && found.heightPx > 0 ? found : undefined;
}

/** The signature, then always the IHDR chunk first: width and height as 32 bits. */
function readPng(view: DataView): ImageSize | undefined {
  if (view.byteLength < 24 || view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a)
    return undefined;
  if (!hasText(view, 12, 'IHDR')) return undefined;
  return { type: 'png', widthPx: view.getUint32(16), heightPx: view.getUint32(20) };
}

function readGif(view: DataView): ImageSize | undefined {
  if (view.byteLength < 10 || !(hasText(view, 0, 'GIF87a') || hasText(view, 0, 'GIF89a'))) return undefined;
  return { type: 'gif', widthPx: view.getUint16(6, true), heightPx: view.getUint16(8, true) };
}

/** Three layouts: lossy (a VP8 key frame), lossless, and extended, whose canvas size counts. */
function readWebp(view: DataView): ImageSize | undefined {
  if (view.byteLength < 30 || !hasText(view, 0, 'RIFF') || !hasText(view, 8, 'WEBP')) return undefined;
  if (hasText(view, 12, 'VP8 ')) {
    // The key frame's start code 9d 01 2a; the two upper bits of each size are a scale that nobody applies.
    if (view.getUint16(23) !== 0x9d01 || view.getUint8(25) !== 0x2a) return undefined;
    const widthPx = view.getUint16(26, true) & 0x3fff;
    return { type: 'webp', widthPx, heightPx: view.getUint16(28, true) & 0x3fff };
  }
  if (hasText(view, 12, 'VP8L')) {
    if (view.getUint8(20) !== 0x2f) return undefined;
    const bits = view.getUint32(21, true);
    return { type: 'webp', widthPx: (bits & 0x3fff) + 1, heightPx: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (hasText(view, 12, 'VP8X')) {
    const widthPx = view.getUint16(24, true) + (view.getUint8(26) << 16) + 1;
    return { type: 'webp', widthPx, heightPx: view.getUint16(27, true) + (view.getUint8(29) << 16) + 1 };
  }
  return undefined;
}

/** Walks the segments up to the frame header (SOF), which alone holds the size. */
function readJpeg(view: DataView): ImageSize | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 4 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1; // Fill bytes may stand before any marker.
    } else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2; // Markers without a segment.
    } else if (isFrameHeader(marker)) {
      if (at + 9 > view.byteLength) return undefined;
      return { type: 'jpeg', widthPx: view.getUint16(at + 7), heightPx: view.getUint16(at + 5) };
    } else if (marker === 0xd9 || marker === 0xda) {
      return undefined; // The picture's data, or its end, and no frame header before it.
    } else {
      const lengthBytes = view.getUint16(at + 2);
      if (lengthBytes < 2) return undefined;
      at += 2 + lengthBytes;
    }
  }
  return undefined;
}

/** SOF0 to SOF15 without the three markers in between that mean something else (DHT, JPG, DAC). */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function hasText(view: DataView, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (view.getUint8(at + index) !== text.charCodeAt(index)) return false;
  }
  return true;
}
