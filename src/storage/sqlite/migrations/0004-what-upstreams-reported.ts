import type { Migration } from './migration.ts';

/**
 * With each request, what its upstream itself said it used, and by which price sheet it was charged, so that a bill can
 * be held against both. All are null in the rows of before; the four figures also where an upstream reported none or
 * nothing sane. There are no checks: SQLite would read every request once for each, and a large file would start late.
 */
export const whatUpstreamsReported: Migration = {
  number: 4,
  name: 'what-upstreams-reported',
  sql: `
ALTER TABLE requests ADD COLUMN reported_input_tokens INTEGER;
ALTER TABLE requests ADD COLUMN reported_cached_input_tokens INTEGER;
ALTER TABLE requests ADD COLUMN reported_output_tokens INTEGER;
ALTER TABLE requests ADD COLUMN reported_reasoning_tokens INTEGER;
ALTER TABLE requests ADD COLUMN priced_from_ms INTEGER;
`,
};
