import * as z from 'zod';

/** A longer page is not faster to read. */
const MAXIMUM_PAGE_ROWS = 100;
const USUAL_PAGE_ROWS = 50;

/** What every list that goes on may be asked. A page begins after its cursor, however much was written meanwhile. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(MAXIMUM_PAGE_ROWS).default(USUAL_PAGE_ROWS),
  cursor: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'What the page before ended with. Opaque.' }),
};

/** Of lists that ask for nothing else. */
export const PageQuery = z.strictObject(pageQuery);

export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({
    rows: z.array(row),
    nextCursor: z.string().nullable().meta({ description: 'Null on the last page.' }),
  });
}
