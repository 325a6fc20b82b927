/** A PNG of one pixel. */
const BASE64 =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

export const PICTURE = { base64: BASE64, dataUrl: `data:image/png;base64,${BASE64}` };
