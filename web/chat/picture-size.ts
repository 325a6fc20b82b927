/** What vision models look at: more is made smaller by them, after it was paid for by the upload. */
const LONGEST_SIDE = 1_568;

/** A picture of models that count by tiles: each is this wide, and costs this much; one more shows all of it. */
const TILE_SIDE = 448;
const TILE_TOKENS = 256;
const MOST_TILES = 6;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The size that a picture is sent in: its own shape, and no larger than it is. */
export function sentSize({ width, height }: PictureSize): PictureSize {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** About how many tokens a picture is. */
export function pictureTokens({ width, height }: PictureSize): number {
  const tiles = Math.min(MOST_TILES, Math.ceil(width / TILE_SIDE) * Math.ceil(height / TILE_SIDE));
  return (tiles + 1) * TILE_TOKENS;
}

/** Of a picture whose size is not known here. */
export const LARGEST_PICTURE_TOKENS = (MOST_TILES + 1) * TILE_TOKENS;
