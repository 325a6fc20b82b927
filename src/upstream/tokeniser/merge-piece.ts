import { findToken, NO_TOKEN, type Vocabulary } from './vocabulary.ts';

/** Where a pair stands in the heap: rank first, then position, in one number below 2^53. */
const POSITIONS = 2 ** 26;

/** Joins the bytes of one piece into tokens. `emit` hears each token in order; the answer is how many. */
export type MergePiece = (piece: Uint8Array, length: number, emit?: (token: number) => void) => number;

/**
 * Byte-pair merging with a heap: n log n. The well-known tokenisers for JavaScript search all pairs after
 * every merge, which is n², so one message of 50,000 equal letters costs them seconds; this one is what a
 * caller may send at will. The result is theirs: the pair of lowest rank first, of equals the leftmost.
 */
export function createPieceMerger(vocabulary: Vocabulary, longestPieceBytes: number): MergePiece {
  // Parts of the piece as a linked list: a part begins at an index and ends where the next begins.
  const next = new Int32Array(longestPieceBytes + 2);
  const previous = new Int32Array(longestPieceBytes + 2);
  /** The rank of the token that the part at this index and its right neighbour would make. */
  const pairRank = new Int32Array(longestPieceBytes + 2);
  // A pair enters once at the start, and each merge makes at most two new ones.
  const heap = new Float64Array(longestPieceBytes * 3 + 1);
  let heapSize = 0;

  function push(key: number) {
    let at = heapSize;
    heapSize += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentKey = heap[parent] ?? 0;
      if (parentKey <= key) break;
      heap[at] = parentKey;
      at = parent;
    }
    heap[at] = key;
  }

  function pop(): number {
    const top = heap[0] ?? 0;
    heapSize -= 1;
    const key = heap[heapSize] ?? 0;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= heapSize) break;
      if (child + 1 < heapSize && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child += 1;
      const childKey = heap[child] ?? 0;
      if (childKey >= key) break;
      heap[at] = childKey;
      at = child;
    }
    heap[at] = key;
    return top;
  }

  return function mergePiece(piece, length, emit) {
    function offerPair(at: number) {
      const middle = next[at] ?? length;
      const rank = middle < length ? findToken(vocabulary, piece, at, next[middle] ?? length) : NO_TOKEN;
      pairRank[at] = rank;
      if (rank !== NO_TOKEN) push(rank * POSITIONS + at);
    }

    heapSize = 0;
    for (let at = 0; at <= length; at += 1) {
      next[at] = at + 1;
      previous[at] = at - 1;
    }
    for (let at = 0; at < length; at += 1) offerPair(at);

    while (heapSize > 0) {
      const key = pop();
      const rank = Math.floor(key / POSITIONS);
      const at = key % POSITIONS;
      // An entry is stale when a merge has since taken or changed its part; the fresh pair has its own entry.
      if (pairRank[at] !== rank) continue;
      const middle = next[at] ?? length;
      const end = next[middle] ?? length;
      pairRank[middle] = NO_TOKEN;
      next[at] = end;
      previous[end] = at;
      offerPair(at);
      const before = previous[at] ?? NO_TOKEN;
      if (before >= 0) offerPair(before);
    }

    let count = 0;
    for (let at = 0; at < length; at = next[at] ?? length) {
      count += 1;
      emit?.(findToken(vocabulary, piece, at, next[at] ?? length));
    }
    return count;
  };
}
