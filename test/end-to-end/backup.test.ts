import { Database } from 'bun:sqlite';
import { afterAll, beforeAll, expect, test } from 'bun:test';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '../fakes/running-server.ts';

/** A backup is made while the server is busy, and a new folder is restored from it and served. */

const SECRET = 'upstream-secret-4711';

let folder: string;
let upstream: Bun.Server<undefined>;
let servers: RunningServer[] = [];
const heard: (string | null)[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'turnpike-backup-'));
  upstream = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch(request) {
      heard.push(request.headers.get('authorization'));
      return Response.json({
        id: 'x',
        object: 'chat.completion',
        created: 1,
        model: 'm',
        choices: [{ index: 0, message: { role: 'assistant', content: 'yes' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
      });
    },
  });
});
afterAll(async () => {
  for (const server of servers) await server.kill();
  await upstream.stop(true);
  rmSync(folder, { recursive: true, force: true });
});

async function start(dataDir: string): Promise<RunningServer> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const server = await startServer({ TURNPIKE_LIMITS: 'off' }, { dataDir });
  servers.push(server);
  return server;
}

async function stop(server: RunningServer): Promise<void> {
  await server.kill();
  servers = servers.filter((each) => each !== server);
}

/** Runs a command on a folder that no server has. */
async function runOn(dataDir: string, words: readonly string[], variables: Record<string, string> = {}) {
  const child = Bun.spawn(['node', 'bin/turnpike.mjs', ...words], {
    env: { PATH: process.env.PATH ?? '', TURNPIKE_DATA_DIR: dataDir, ...variables },
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [stdout, stderr, exitCode] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { stdout, stderr, exitCode };
}

const ask = (server: RunningServer, model: string, more: object = {}) =>
  server.post('/v1/chat/completions', { model, messages: [{ role: 'user', content: 'hi' }], ...more });

interface Books {
  readonly availableTicks: bigint;
  readonly heldTicks: bigint;
  /** What the open holds have used so far: what their end charges. */
  readonly usedTicks: bigint;
  readonly openHolds: bigint;
}

function readBooks(path: string): Books {
  const database = new Database(path, { readonly: true, safeIntegers: true });
  try {
    return database
      .query<Books, []>(
        `SELECT sum(available_ticks) AS availableTicks, sum(held_ticks) AS heldTicks,
          (SELECT coalesce(sum(min(checkpoint_cost_ticks, held_ticks)), 0) FROM holds WHERE state = 'held') AS usedTicks,
          (SELECT count(*) FROM holds WHERE state = 'held') AS openHolds
        FROM wallets`,
      )
      .get() as Books;
  } finally {
    database.close();
  }
}

test('a backup under load is restored elsewhere, to the tick, with its keys', async () => {
  const first = await start(join(folder, 'first'));
  const channel = ['--base-url', `http://127.0.0.1:${upstream.port}/v1`, '--model', 'grok-vision-beta'];
  await first.turnpike('channels', 'add', 'guarded', ...channel, '--key', SECRET);
  expect((await ask(first, 'grok-vision-beta')).status).toBe(200);

  let isOver = false;
  let answers = 0;
  const simulated = { tokens: 40, tokens_per_second: 100 };
  const load = Array.from({ length: 8 }, async (_, number) => {
    while (!isOver) {
      const options = number % 2 === 0 ? { stream: true, turnpike_simulator: simulated } : {};
      const response = await ask(first, 'grok-beta', { max_tokens: 40, ...options });
      await response.text();
      answers += 1;
    }
  });
  await Bun.sleep(300);
  const answersBefore = answers;
  const file = join(folder, 'night.backup');
  const made = (await first.turnpike('backup', file)) as Record<string, unknown>;
  expect(answers).toBeGreaterThan(answersBefore);
  isOver = true;
  await Promise.all(load);

  expect(made).toMatchObject({ file, findings: [], size_bytes: statSync(file).size });
  expect(made.rows).toBeGreaterThan(50);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).sort()).toEqual(['first', 'night.backup']);
  const books = readBooks(file);
  expect(books.openHolds).toBeGreaterThan(0n);

  // Never over a file, and never under a server.
  const bytes = readFileSync(file);
  const again = await first.run('backup', file);
  expect(again).toMatchObject({
    exitCode: 1,
    stderr: `${file} exists. Nothing is written over: name another file.\n`,
  });
  expect(readFileSync(file).equals(bytes)).toBe(true);
  const beside = await first.run('restore', file, '--replace');
  expect(beside).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('The server runs. Stop it first'),
  });
  await stop(first);

  const dataDir = join(folder, 'second');
  const restored = await runOn(dataDir, ['restore', file, '--json']);
  expect(JSON.parse(restored.stdout)).toMatchObject({
    data_dir: dataDir,
    made_at: made.made_at,
    key_file: true,
    lost_holds: Number(books.openHolds),
    set_aside: null,
    findings: [],
  });
  expect(readdirSync(dataDir).sort()).toEqual(['secret.key', 'turnpike.db', 'turnpike.lock']);
  // The key lies beside the database and no longer in it.
  const key = readFileSync(join(dataDir, 'secret.key'));
  expect(key.equals(readFileSync(join(folder, 'first', 'secret.key')))).toBe(true);
  expect(readFileSync(join(dataDir, 'turnpike.db')).includes(key)).toBe(false);
  expect(bytes.includes(key)).toBe(true);

  const second = await start(dataDir);
  const audit = (await second.turnpike('audit')) as Record<string, unknown>;
  expect(audit).toMatchObject({ findings: [], live_holds: 0, lost_holds: 0, backup_made_at: made.made_at });
  expect(audit.restored_at).not.toBeNull();
  expect((await second.run('audit')).stdout).toMatch(
    /They were restored at 20\S+ \S+ from a backup of 20\S+ \S+: what was booked in between is not in them\.\n$/,
  );
  // Every hold of then has ended: what was noted of it is charged, the rest is back.
  const expectedTicks = books.availableTicks + books.heldTicks - books.usedTicks;
  expect(audit).toMatchObject({ available_ticks: expectedTicks.toString(), held_ticks: '0' });

  heard.length = 0;
  expect((await ask(second, 'grok-vision-beta')).status).toBe(200);
  expect(heard).toEqual([`Bearer ${SECRET}`]);
  await stop(second);
}, 60_000);

test('what is there is kept aside, and what is no sound backup changes nothing', async () => {
  const dataDir = join(folder, 'third');
  const file = join(folder, 'small.backup');
  await runOn(dataDir, ['users', 'create', 'one@example.com']);
  expect(await runOn(dataDir, ['backup', file])).toMatchObject({ exitCode: 0 });
  await runOn(dataDir, ['users', 'create', 'two@example.com']);
  const emails = async () => {
    const { stdout } = await runOn(dataDir, ['users', 'list', '--json']);
    return (JSON.parse(stdout).users as { email: string }[]).map(({ email }) => email);
  };

  const held = await runOn(dataDir, ['restore', file]);
  expect(held.stderr).toBe(
    `There is a database already: ${join(dataDir, 'turnpike.db')}. With --replace it is moved aside, not deleted.\n`,
  );

  const damaged = join(folder, 'damaged.backup');
  copyFileSync(file, damaged);
  const bytes = readFileSync(damaged);
  bytes.fill(0x5a, bytes.length - 40_000, bytes.length - 20_000);
  writeFileSync(damaged, bytes);
  const text = join(folder, 'text.backup');
  writeFileSync(text, 'Dear diary, '.repeat(1_000));
  for (const [bad, sentence] of [
    [damaged, `The backup ${damaged} is damaged. Nothing was changed; try an earlier one.`],
    [text, `${text} cannot be restored: the file is not a database. Nothing was changed.`],
    [join(folder, 'missing'), `There is no file ${join(folder, 'missing')}.`],
  ]) {
    const refused = await runOn(dataDir, ['restore', bad ?? '', '--replace']);
    expect(refused).toMatchObject({ exitCode: 1, stderr: `${sentence}\n` });
  }
  expect(await emails()).toEqual(['one@example.com', 'two@example.com']);
  expect(readdirSync(dataDir).filter((name) => name.includes('unfinished'))).toEqual([]);

  const { stdout } = await runOn(dataDir, ['restore', file, '--replace', '--json']);
  expect(await emails()).toEqual(['one@example.com']);
  const { set_aside: aside } = JSON.parse(stdout);
  const kept = new Database(join(aside, 'turnpike.db'), { readonly: true });
  expect(kept.query('SELECT count(*) AS people FROM user').get()).toEqual({ people: 2 });
  kept.close();
}, 60_000);

test('a plain copy of a stopped database is restored too, and keeps the key that is there', async () => {
  const copy = join(folder, 'copied.db');
  copyFileSync(join(folder, 'second', 'turnpike.db'), copy);
  const dataDir = join(folder, 'fourth');
  const { stdout, exitCode } = await runOn(dataDir, ['restore', copy, '--json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ made_at: null, key_file: false, findings: [] });
  expect(existsSync(join(dataDir, 'secret.key'))).toBe(false);
});

test('without a name it is put into the data folder, and both languages say what it holds', async () => {
  const dataDir = join(folder, 'fifth');
  await runOn(dataDir, ['users', 'create', 'one@example.com']);
  const { stdout } = await runOn(dataDir, ['backup']);
  const [name = ''] = readdirSync(join(dataDir, 'backups'));
  expect(name).toMatch(/^turnpike-\d{4}-\d{2}-\d{2}T\d{6}Z\.backup$/);
  expect(stdout).toContain('keep it as safe as the data folder, and on another disk');
  expect(stdout).toContain(`turnpike restore '${join(dataDir, 'backups', name)}'`);
  const other = join(folder, 'chinese.backup');
  const chinese = await runOn(dataDir, ['backup', other], { LANG: 'zh_CN.UTF-8' });
  expect(chinese.stdout).toContain('请像数据目录一样妥善保管');
  const nowhere = await runOn(dataDir, ['backup', '/nowhere/at/all.backup']);
  expect(nowhere.stderr).toBe(
    '/nowhere/at/all.backup cannot be written (ENOENT). Check that its folder exists and may be written.\n',
  );
});
