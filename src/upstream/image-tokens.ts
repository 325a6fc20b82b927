import type { ImageSize } from './image-size.ts';

/** An image is cut into squares of this side; each costs the same. */
const TILE_PX = 448;
const TOKENS_PER_TILE = 256;
const MAXIMUM_TILES = 6;

/** The dearest image: six tiles and the thumbnail of the whole. Also what an image of unknown size counts as. */
export const IMAGE_TOKENS_AT_MOST = (MAXIMUM_TILES + 1) * TOKENS_PER_TILE;

/**
 * The tokens of one image by the rule that fits all that xAI publishes and all recorded answers: 256 when it
 * fits into one tile, else 256 for each tile, at most six, and for one thumbnail. `detail` changes nothing.
 */
export function imageTokens(size: Pick<ImageSize, 'widthPx' | 'heightPx'> | undefined): number {
  if (size === undefined) return IMAGE_TOKENS_AT_MOST;
  const tiles = Math.ceil(size.widthPx / TILE_PX) * Math.ceil(size.heightPx / TILE_PX);
  return tiles <= 1 ? TOKENS_PER_TILE : (Math.min(tiles, MAXIMUM_TILES) + 1) * TOKENS_PER_TILE;
}
