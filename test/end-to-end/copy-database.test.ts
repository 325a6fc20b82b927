import { expect, test } from 'bun:test';
import { rmSync } from 'node:fs';
import { makeTestDatabase, postgresMissing } from '../fakes/postgres-server.ts';
import { startServer, stopServer, WALK_THROUGH_BODY } from '../fakes/running-server.ts';

const reason = postgresMissing === undefined ? '' : ` (${postgresMissing})`;

interface Copied {
  readonly database: string;
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
}

test.skipIf(postgresMissing !== undefined)(
  `a server goes on on PostgreSQL where it was on SQLite, to the tick${reason}`,
  async () => {
    const database = await makeTestDatabase();
    let server = await startServer({ TURNPIKE_LIMITS: 'off' });
    const { dataDir, key } = server;
    try {
      const extra = (await server.turnpike('keys', 'create', '另一把')) as { key: string };
      for (let index = 0; index < 5; index += 1) await server.post('/v1/chat/completions', WALK_THROUGH_BODY);
      await server.turnpike(
        'channels',
        'add',
        'far',
        '--base-url',
        'http://127.0.0.1:9/v1',
        '--key',
        'sk-1',
        '--model',
        'other',
      );

      // While a server writes, the copy would be of yesterday.
      const early = await server.run('copy-database', '--to', database.url, '--json');
      expect([early.exitCode, early.stdout]).toEqual([1, expect.stringContaining('server-runs')]);
      const before = {
        statement: await server.turnpike('credit', 'statement'),
        keys: await server.turnpike('keys', 'list'),
        requests: await server.turnpike('usage', 'requests'),
        audit: await server.turnpike('audit'),
        channels: await server.turnpike('channels', 'list'),
      };
      await server.kill();

      const copy = (await server.turnpike('copy-database', '--to', database.url)) as Copied;
      expect(copy.database).toMatch(/^127\.0\.0\.1:\d+\/test_/);
      expect(copy.tables.find(({ table }) => table === 'requests')?.rows).toBe(5);
      const again = await server.run('copy-database', '--to', database.url, '--json');
      expect([again.exitCode, again.stdout]).toEqual([1, expect.stringContaining('database-not-empty')]);

      server = await startServer(
        { TURNPIKE_LIMITS: 'off', TURNPIKE_DATABASE_URL: database.url },
        { dataDir },
      );
      expect(server.log()).toContain('"engine":"postgres"');
      expect({
        statement: await server.turnpike('credit', 'statement'),
        keys: await server.turnpike('keys', 'list'),
        requests: await server.turnpike('usage', 'requests'),
        audit: await server.turnpike('audit'),
        channels: await server.turnpike('channels', 'list'),
      }).toEqual(before);
      for (const known of [key, extra.key]) {
        const headers = { authorization: `Bearer ${known}` };
        expect((await server.post('/v1/chat/completions', WALK_THROUGH_BODY, headers)).status).toBe(200);
      }
      const audit = (await server.turnpike('audit')) as { findings: unknown[] };
      expect(audit.findings).toEqual([]);

      // A backup of before would come into the folder, where nobody looks any more.
      await server.kill();
      for (const words of [['restore', '/no/such/file'], ['backup']]) {
        const refused = await server.run(...words, '--json');
        expect([refused.exitCode, refused.stdout]).toEqual([
          1,
          expect.stringContaining('engine-has-own-backup'),
        ]);
      }
      const rebuilt = await server.run('audit', '--rebuild', '--json');
      expect([rebuilt.exitCode, JSON.parse(rebuilt.stdout)]).toMatchObject([
        0,
        { findings: [], rebuilt: true },
      ]);
    } finally {
      await stopServer(server);
      rmSync(dataDir, { recursive: true, force: true });
      await database.drop();
    }
  },
  60_000,
);

test.skipIf(postgresMissing !== undefined)(
  `what cannot be copied to is refused in words, without the password${reason}`,
  async () => {
    const database = await makeTestDatabase();
    const server = await startServer({ TURNPIKE_LIMITS: 'off' });
    try {
      await server.kill();
      const refusals = [
        ['mysql://u:swordfish@h/db', 'bad-database-address'],
        ['postgres://u:swordfish@127.0.0.1:1/db', 'it cannot be reached'],
        [
          `${database.url}x`.replace('//', '//turnpike:swordfish@').replace('turnpike@', ''),
          'no database of this name',
        ],
      ];
      await database.run('CREATE TABLE somebody_elses (id int)');
      refusals.push([database.url, 'belongs to another program']);
      for (const [url = '', code = ''] of refusals) {
        const { exitCode, stdout, stderr } = await server.run('copy-database', '--to', url, '--json');
        expect([exitCode, stdout]).toEqual([1, expect.stringContaining(code)]);
        expect(stdout + stderr).not.toContain('swordfish');
      }
    } finally {
      await stopServer(server);
      await database.drop();
    }
  },
  60_000,
);
