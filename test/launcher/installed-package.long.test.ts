/** Turnpike as a package in somebody's folder, where npm was not allowed to run install scripts. */
import { afterAll, expect, test } from 'bun:test';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from './run-launcher.ts';

const REPOSITORY = resolve(import.meta.dir, '../..');
const INSTALL_LIMIT_MS = 180_000;

const folder = await mkdtemp(join(tmpdir(), 'turnpike-package-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(cwd: string, ...command: string[]): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync(command, { cwd, timeout: INSTALL_LIMIT_MS });
  if (exitCode !== 0) throw new Error(`${command.join(' ')} failed:\n${stdout}\n${stderr}`);
  return stdout.toString();
}

test('the packed package, installed with --ignore-scripts, serves a call', async () => {
  const [{ filename, files }] = JSON.parse(
    run(REPOSITORY, 'npm', 'pack', '--json', '--pack-destination', folder),
  );
  expect(files.filter(({ path }: { path: string }) => path.endsWith('.test.ts'))).toEqual([]);
  await writeFile(join(folder, 'package.json'), '{"private": true}');
  run(folder, 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', `./${filename}`);
  // Without this the test would show nothing: the install script must really not have run.
  expect(await readFile(join(folder, 'node_modules/bun/bin/bun.exe'), 'utf8')).toContain('postinstall');

  const key = `xai-${'k'.repeat(80)}`;
  const server = Bun.spawn([join(folder, 'node_modules/.bin/turnpike'), 'serve'], {
    cwd: folder,
    env: {
      ...process.env,
      TURNPIKE_DATA_DIR: join(folder, 'data'),
      TURNPIKE_PORT: '0',
      TURNPIKE_UPSTREAM: 'simulator',
      TURNPIKE_INITIAL_API_KEY: key,
    },
    stdout: 'pipe',
    stderr: 'ignore',
  });
  let said = '';
  const listening = (async () => {
    for await (const chunk of server.stdout.pipeThrough(new TextDecoderStream())) said += chunk;
  })();
  try {
    const address = () => /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
    await until(
      () => address() !== undefined,
      () => `the server did not say its address: ${said}`,
    );
    const answer = await fetch(`${address()}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'grok-beta', messages: [{ role: 'user', content: 'Hello' }] }),
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
  } finally {
    server.kill('SIGTERM');
    await listening;
  }
  expect(await server.exited).toBe(0);
}, 300_000);
