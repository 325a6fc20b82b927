import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireDataLock, isHeld } from '../../src/process/data-lock.ts';

const ENTRY = join(import.meta.dir, 'entry.ts');
const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'turnpike-line-'));
  folders.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

interface RunOptions {
  readonly stdin?: string;
  readonly variables?: Record<string, string>;
}

function spawn(dataDir: string, words: readonly string[], { stdin, variables }: RunOptions = {}) {
  return Bun.spawn([process.execPath, '--no-env-file', ENTRY, ...words], {
    env: { PATH: process.env.PATH ?? '', TZ: 'Asia/Shanghai', TURNPIKE_DATA_DIR: dataDir, ...variables },
    stdin: stdin === undefined ? 'ignore' : new Blob([stdin]),
    stdout: 'pipe',
    stderr: 'pipe',
  });
}

async function run(dataDir: string, words: readonly string[], options?: RunOptions) {
  const child = spawn(dataDir, words, options);
  const [stdout, stderr] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { stdout, stderr, exitCode: await child.exited };
}

async function json(dataDir: string, ...words: string[]) {
  const { stdout, stderr, exitCode } = await run(dataDir, [...words, '--json']);
  if (exitCode !== 0) throw new Error(`${words.join(' ')}: ${exitCode}\n${stdout}\n${stderr}`);
  return JSON.parse(stdout);
}

async function startServer(dataDir: string) {
  const server = spawn(dataDir, ['serve-commands']);
  const reader = server.stdout.getReader();
  const first = new TextDecoder().decode((await reader.read()).value);
  if (!first.startsWith('ready')) throw new Error(`the server did not start: ${first}`);
  return {
    server,
    /** What was announced, once it has stopped. */
    async stop(): Promise<string[]> {
      server.kill('SIGTERM');
      let rest = first.slice('ready\n'.length);
      for (let part = await reader.read(); !part.done; part = await reader.read())
        rest += new TextDecoder().decode(part.value);
      await server.exited;
      return JSON.parse(rest);
    },
  };
}

/** Begun first and looked at last, because it takes the five seconds for which a command is patient. */
const impatient = (async () => {
  const folder = newFolder();
  const lock = await acquireDataLock(folder);
  const [listed, doctor] = await Promise.all([
    run(folder, ['users', 'list']),
    run(folder, ['doctor', '--json']),
  ]);
  return { lock, listed, doctor };
})();

describe('on a folder without a server', () => {
  let folder = '';
  beforeAll(async () => {
    folder = join(newFolder(), 'data');
    await json(folder, 'users', 'create', 'arthur@example.com', '--name', '亚瑟', '--role', 'owner');
  });

  test('the first command makes the folder, its database and the shipped models, for nobody else to read', async () => {
    expect(readdirSync(folder)).toContain('turnpike.db');
    expect((await json(folder, 'models', 'list')).models.map(({ id }: { id: string }) => id)).toEqual([
      'grok-beta',
      'grok-vision-beta',
    ]);
    expect(await json(folder, 'credit', 'balance')).toMatchObject({ available_ticks: '250000000000' });
    const doctor = await json(folder, 'doctor');
    expect(doctor.healthy).toBe(true);
    expect(doctor.checks).toContainEqual({ state: 'ok', code: 'server-stopped', facts: {} });
  });

  test('a key is printed once and stands nowhere in the folder', async () => {
    const { key, id } = await json(folder, 'keys', 'create', 'laptop', '--rpm', '30', '--expires', '30d');
    expect(key).toMatch(/^xai-[0-9A-Za-z]{80}$/);
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name)).includes(key.slice(4))).toBe(false);
    expect(await json(folder, 'keys', 'show', key)).toMatchObject({
      id,
      state: 'active',
      limits: { requests_per_minute: 30 },
    });
    await json(folder, 'keys', 'revoke', id);
    const refused = await run(folder, ['keys', 'enable', id, '--json']);
    expect({ code: JSON.parse(refused.stdout).error.code, exitCode: refused.exitCode }).toEqual({
      code: 'key-is-revoked',
      exitCode: 1,
    });
  });

  test('an upstream key comes from standard input and is sealed', async () => {
    const added = await run(folder, ['channels', 'add', '--preset', 'xai', '--key', '-', '--json'], {
      stdin: 'xai-very-secret\n',
    });
    expect(JSON.parse(added.stdout)).toMatchObject({
      name: 'xai',
      base_url: 'https://api.x.ai/v1',
      has_key: true,
      models: { '*': '*' },
    });
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name)).includes('very-secret')).toBe(false);
    expect((await run(folder, ['channels', 'set', 'xai', '--no-key'])).exitCode).toBe(0);
    expect((await json(folder, 'channels', 'list')).channels).toMatchObject([{ has_key: false }]);
  });

  test('people read tables in their language and zone', async () => {
    const english = await run(folder, ['users', 'list']);
    expect(english.stdout).toMatch(/^E-mail +Name +Role/);
    expect(english.stdout).toContain('Times are in Asia/Shanghai (UTC+08:00).');
    const chinese = await run(folder, ['users', 'list'], { variables: { LANG: 'zh_CN.UTF-8' } });
    expect(chinese.stdout).toMatch(/^邮箱 +名称 +角色/);
    expect(chinese.stdout).toContain('所有者');
    const withdraw = await run(folder, ['credit', 'withdraw', '9999'], {
      variables: { LC_ALL: 'zh_CN.UTF-8', LANG: 'en' },
    });
    expect(withdraw).toMatchObject({ exitCode: 1, stdout: '' });
    expect(withdraw.stderr).toBe('可用额度只有 $25.00，少于 $9,999.00。没有变动。\n');
  });

  test('mistakes are told in words, with exit status 2', async () => {
    const mistakes = [
      [['users', 'destroy'], 'There is no command destroy.'],
      [['users', 'create'], 'EMAIL is missing.'],
      [['users', 'create', 'a@b.c', '--king'], 'There is no option --king here.'],
      [['credit', 'grant', '1.00000000001'], 'AMOUNT: expected an amount'],
      [['credit', 'grant', '1', '--memo'], '--memo <TEXT> needs a value.'],
      [['credit', 'grant', '1', '2'], 'There are more words than this command takes.'],
      [['teams', 'create', 'x'], '--owner <EMAIL|ID> must be given.'],
      [['keys', 'create', 'x', '--expires', '2026-02-30'], '--expires: expected a moment'],
    ] as const;
    const outcomes = await Promise.all(mistakes.map(([words]) => run(folder, words)));
    for (const [index, { exitCode, stderr, stdout }] of outcomes.entries()) {
      expect(stderr).toStartWith(mistakes[index]?.[1] ?? '');
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    }
  });

  test('help is help, from npm with the words that npm needs', async () => {
    const help = await run(folder, ['--help'], { variables: { npm_lifecycle_event: 'turnpike' } });
    expect(help).toMatchObject({ exitCode: 0, stderr: '' });
    expect(help.stdout).toContain('Usage: npm run turnpike -- [command]');
    expect((await run(folder, ['keys'])).exitCode).toBe(2);
  });

  test('the audit says by its exit status whether the books are in order', async () => {
    expect(await json(folder, 'audit')).toMatchObject({ findings: [] });
    const { Database } = await import('bun:sqlite');
    const database = new Database(join(folder, 'turnpike.db'));
    database.run('UPDATE wallets SET available_ticks = available_ticks + 1');
    const broken = await run(folder, ['audit', '--json']);
    expect(JSON.parse(broken.stdout).findings).toMatchObject([{ kind: 'balance-differs' }]);
    expect(broken.exitCode).toBe(1);
    const read = await run(folder, ['audit']);
    expect(read.stdout).toMatch(/^1\. The stored balance is \$\S+ and \$0\.00 held; the entries come to \$/m);
    expect(read.stdout).toMatch(/^ {3}team [0-9a-f-]{36}$/m);
    expect(read.stdout).toContain('→ The entries decide: stop the server and run turnpike audit --rebuild');
    expect(read.exitCode).toBe(1);
    const chinese = await run(folder, ['audit'], { variables: { LANG: 'zh_CN.UTF-8' } });
    expect(chinese.stdout).toContain('记录的余额为可用');
    database.close();
    const rebuilt = await run(folder, ['audit', '--rebuild']);
    expect(rebuilt).toMatchObject({ exitCode: 0, stderr: '' });
    expect(rebuilt.stdout).toEndWith('The books are in order: nothing was found.\n');
  });
});

describe('beside a server', () => {
  test('every command goes to it, and it hears of every change', async () => {
    const folder = newFolder();
    const { server, stop } = await startServer(folder);
    const user = await json(folder, 'users', 'create', 'arthur@example.com');
    const key = await json(folder, 'keys', 'create', 'laptop');
    await json(folder, 'keys', 'revoke', key.id);
    await json(folder, 'users', 'ban', 'arthur@example.com');
    const doctor = await json(folder, 'doctor');
    expect(doctor.checks).toContainEqual({ state: 'ok', code: 'server-runs', facts: { pid: server.pid } });
    expect(await stop()).toEqual([
      `user ${user.id}`,
      `organization ${user.team_id}`,
      `key ${key.id}`,
      `key ${key.id}`,
      `user ${user.id}`,
    ]);
    expect((await json(folder, 'users', 'list')).users).toMatchObject([{ banned: true }]);
  });

  test('commands at once are all carried out, with a server or without', async () => {
    const folder = newFolder();
    const grant = () => Promise.all(Array.from({ length: 6 }, () => json(folder, 'credit', 'grant', '1')));
    await json(folder, 'users', 'create', 'arthur@example.com');
    await grant();
    const { stop } = await startServer(folder);
    await grant();
    await stop();
    expect(await json(folder, 'credit', 'balance')).toMatchObject({ available_usd: '37.00' });
    expect(await json(folder, 'audit')).toMatchObject({ findings: [] });
    // Fifteen programs start, six at a time.
  }, 60_000);

  test('a second server is turned away, and a killed one leaves nothing behind that stops the next', async () => {
    const folder = newFolder();
    const { server } = await startServer(folder);
    const second = await run(folder, ['serve-commands']);
    expect(second).toMatchObject({ exitCode: 1, stdout: `held by ${server.pid}\n` });
    server.kill('SIGKILL');
    await server.exited;
    expect(existsSync(join(folder, 'control.sock'))).toBe(true);
    await json(folder, 'users', 'create', 'arthur@example.com');
    const { stop } = await startServer(folder);
    expect((await json(folder, 'users', 'list')).users).toHaveLength(1);
    await stop();
  });
});

describe('what keeps a command from its data is told in words', () => {
  test('no folder', async () => {
    const missing = join(newFolder(), 'nothing');
    const listed = await run(missing, ['users', 'list', '--json']);
    expect(JSON.parse(listed.stdout).error).toMatchObject({ code: 'no-folder' });
    expect({ exitCode: listed.exitCode, made: existsSync(missing) }).toEqual({ exitCode: 3, made: false });
    const doctor = await run(missing, ['doctor']);
    expect(doctor.stdout).toContain(`There is no data folder ${missing}.`);
    expect(doctor.exitCode).toBe(1);
  });

  test('a database that is none', async () => {
    const folder = newFolder();
    writeFileSync(
      join(folder, 'turnpike.db'),
      'not a database at all, but a text that is long enough to be read as a page'.repeat(20),
    );
    const listed = await run(folder, ['users', 'list', '--json']);
    expect(JSON.parse(listed.stdout).error.code).toBe('not-opened');
    const doctor = await run(folder, ['doctor', '--json']);
    expect(JSON.parse(doctor.stdout).checks).toContainEqual({
      state: 'problem',
      code: 'database-not-opened',
      facts: { reason: 'not-a-database' },
    });
  });

  test.skipIf(process.getuid?.() === 0)(
    'a folder that cannot be written (root can write everywhere)',
    async () => {
      const folder = newFolder();
      chmodSync(folder, 0o500);
      expect((await run(folder, ['users', 'create', 'a@b.c'])).stderr).toContain(
        'cannot be written by this user',
      );
      chmodSync(folder, 0o700);
    },
  );
});

test('a long answer comes whole through a pipe', async () => {
  const folder = newFolder();
  const { stop } = await startServer(folder);
  await json(folder, 'users', 'create', 'arthur@example.com');
  for (let batch = 0; batch < 4; batch += 1) {
    await Promise.all(
      Array.from({ length: 4 }, () =>
        json(
          folder,
          'channels',
          'add',
          crypto.randomUUID(),
          '--base-url',
          'x.example',
          ...Array.from({ length: 100 }, (_, index) => [
            '--model',
            `model-${index}=${'x'.repeat(40)}`,
          ]).flat(),
        ),
      ),
    );
  }
  // A reader that takes its time, like a pager: the pipe is full long before the answer is through.
  const piped = Bun.spawn(
    ['sh', '-c', '"$0" "$1" channels list --json | (sleep 0.5; cat)', process.execPath, ENTRY],
    {
      env: { PATH: process.env.PATH ?? '', TURNPIKE_DATA_DIR: folder },
    },
  );
  const listed = await new Response(piped.stdout).text();
  expect(listed.length).toBeGreaterThan(100_000);
  expect(JSON.parse(listed).channels).toHaveLength(16);
  await stop();
});

test('a process that has the folder and does not answer is named, after some patience', async () => {
  const { lock, listed, doctor } = await impatient;
  expect(listed.stderr).toContain(`in use by process ${process.pid}`);
  expect(listed.exitCode).toBe(3);
  expect(JSON.parse(doctor.stdout).checks).toContainEqual({
    state: 'problem',
    code: 'folder-held',
    facts: { pid: process.pid },
  });
  if (!isHeld(lock)) lock.release();
}, 15_000);
