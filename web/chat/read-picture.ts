import { type PictureSize, sentSize } from './picture-size.ts';

/** A picture that is about to be sent, as the server takes it. */
export interface Picture extends PictureSize {
  readonly key: string;
  readonly contentType: 'image/jpeg' | 'image/png' | 'image/webp';
  readonly base64: string;
}

/** What the server takes of one. */
const MOST_CHARACTERS = 2_000_000;
const TAKEN = ['image/jpeg', 'image/png', 'image/webp'];

/** Smaller and smaller, until it fits. */
const QUALITIES = [0.88, 0.75, 0.5];

/**
 * A file as a picture of a size that models look at: as it is where it is small enough, else made smaller here, so that
 * no large file is sent. Undefined for what the browser cannot read as a picture.
 */
export async function readPicture(file: Blob): Promise<Picture | undefined> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (bitmap === undefined) return undefined;
  try {
    const size = sentSize(bitmap);
    if (size.width === bitmap.width && TAKEN.includes(file.type)) {
      const picture = await asPicture(file, size);
      if (picture !== undefined) return picture;
    }
    const canvas = document.createElement('canvas');
    Object.assign(canvas, size);
    const pen = canvas.getContext('2d');
    if (pen === null) return undefined;
    // JPEG has no transparency; what shows through is paper.
    pen.fillStyle = 'white';
    pen.fillRect(0, 0, size.width, size.height);
    pen.drawImage(bitmap, 0, 0, size.width, size.height);
    for (const quality of QUALITIES) {
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
      const picture = blob === null ? undefined : await asPicture(blob, size);
      if (picture !== undefined) return picture;
    }
    return undefined;
  } finally {
    bitmap.close();
  }
}

/** Undefined when it is more than the server takes. */
async function asPicture(blob: Blob, { width, height }: PictureSize): Promise<Picture | undefined> {
  const url = await dataUrl(blob);
  const base64 = url.slice(url.indexOf(',') + 1);
  if (base64.length > MOST_CHARACTERS) return undefined;
  return {
    key: crypto.randomUUID(),
    contentType: blob.type as Picture['contentType'],
    base64,
    width,
    height,
  };
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

export function pictureUrl({ contentType, base64 }: Pick<Picture, 'contentType' | 'base64'>): string {
  return `data:${contentType};base64,${base64}`;
}
