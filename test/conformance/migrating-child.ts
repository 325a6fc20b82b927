/** Brings a database up to date with one more step that takes long, and says when it has begun and ended. */
import { ALL_MIGRATIONS } from '../../src/storage/sqlite/migrations/all-migrations.ts';
import { prepareFile } from '../../src/storage/sqlite/prepare-file.ts';

const [path = '', rows = '0'] = process.argv.slice(2);
const number = (ALL_MIGRATIONS.at(-1)?.number ?? 0) + 1;

console.log('begun');
prepareFile(path, 5_000, [
  ...ALL_MIGRATIONS,
  {
    number,
    name: 'long',
    sql: `CREATE TABLE long (id INTEGER PRIMARY KEY, text TEXT);
      INSERT INTO long WITH RECURSIVE ids (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM ids WHERE id < ${rows})
        SELECT id, hex(randomblob(50)) FROM ids;`,
  },
  { number: number + 1, name: 'last', sql: 'CREATE TABLE last (id INTEGER)' },
]);
console.log('ended');
