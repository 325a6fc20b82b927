/** Keyset paging: a page ends with a cursor, and the next page begins after it, however much was written meanwhile. */
export interface PageRequest {
  /** 1 to 1,000. Anything else, or a cursor that is not one of ours, rejects with `InvalidPage`. */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Absent on the last page. */
  readonly nextCursor?: string | undefined;
}

const MAXIMUM_PAGE_ROWS = 1_000;

/** A page was asked for with a limit out of range or a cursor that no page ended with. A caller's mistake. */
export class InvalidPage extends RangeError {
  override readonly name = 'InvalidPage';
}

/** What every engine makes of a page request: how many rows, and below which sequence they begin. */
export interface PageBounds {
  readonly limit: number;
  /** Undefined on the first page. */
  readonly below: bigint | undefined;
}

/** Reads a page request, or throws `InvalidPage`. A cursor is the last row's sequence in decimal. */
export function readPage({ limit, cursor }: PageRequest): PageBounds {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAXIMUM_PAGE_ROWS) {
    throw new InvalidPage(`a page has 1 to ${MAXIMUM_PAGE_ROWS} rows`);
  }
  // 18 digits stay below 2^63, so that a made-up cursor cannot overflow a column.
  if (cursor !== undefined && !/^[1-9]\d{0,17}$/.test(cursor))
    throw new InvalidPage('the cursor is not one of ours');
  return { limit, below: cursor === undefined ? undefined : BigInt(cursor) };
}

/** Makes a page of up to `limit + 1` rows that were read; the one too many only shows that there is a next page. */
export function makePage<Read, Row>(
  read: readonly Read[],
  limit: number,
  sequenceOf: (row: Read) => bigint,
  present: (row: Read) => Row,
): Page<Row> {
  const kept = read.slice(0, limit);
  const last = kept.at(-1);
  return {
    rows: kept.map(present),
    ...(read.length > limit && last !== undefined ? { nextCursor: sequenceOf(last).toString() } : {}),
  };
}
