import type { Migration } from '../../sql/migration.ts';

/** As the SQLite engine's step of this name. */
export const whatUpstreamsReported: Migration = {
  number: 4,
  name: 'what-upstreams-reported',
  sql: `
ALTER TABLE requests ADD COLUMN reported_input_tokens bigint;
ALTER TABLE requests ADD COLUMN reported_cached_input_tokens bigint;
ALTER TABLE requests ADD COLUMN reported_output_tokens bigint;
ALTER TABLE requests ADD COLUMN reported_reasoning_tokens bigint;
ALTER TABLE requests ADD COLUMN priced_from_ms bigint;
`,
};
