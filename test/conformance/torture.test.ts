import { test } from 'bun:test';
import { postgresMissing } from '../fakes/postgres-server.ts';
import { torturePostgres, tortureSqlite } from './torture.ts';

/** `torture.long.test.ts` takes ten times as long. */
const DURATION_MS = 3_000;

const TITLE =
  '64 workers, random commands, killed again and again: nothing acknowledged is lost or done twice';

test(`sqlite: ${TITLE}`, () => tortureSqlite(DURATION_MS), 60_000);

const postgres = postgresMissing === undefined ? 'postgres' : `postgres (${postgresMissing})`;
test.skipIf(postgresMissing !== undefined)(
  `${postgres}: ${TITLE}`,
  () => torturePostgres(DURATION_MS),
  60_000,
);
