/** What `node bin/turnpike.mjs` promises to whoever starts it. */
import { afterEach, expect, test } from 'bun:test';
import { symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cleanUp, isAlive, launch, launchInTerminal, layOut, until } from './run-launcher.ts';

afterEach(cleanUp);

test('hands over arguments, lifts the limit on fetches, reads no .env file, ends with the exit code', async () => {
  const program = launch(await layOut('installed'), ['serve', '--port', '1 2']);
  expect(JSON.parse(await program.said('arguments '))).toEqual(['serve', '--port', '1 2']);
  expect(await program.said('requests ')).toBe('20000');
  expect(await program.said('dotenv ')).toBe('undefined');
  program.type('hello');
  await program.said('echo hello');
  program.type('exit 7');
  expect(await program.launcher.exited).toBe(7);
});

test('leaves a limit on fetches that was set', async () => {
  const program = launch(await layOut('installed'), [], { BUN_CONFIG_MAX_HTTP_REQUESTS: '300' });
  expect(await program.said('requests ')).toBe('300');
});

test('runs the platform package where npm skipped install scripts', async () => {
  const program = launch(await layOut('scripts skipped'), ['doctor']);
  expect(await program.said('arguments ')).toBe('["doctor"]');
});

test.each([
  ['optional packages left out', 'npm install --include=optional'],
  ['not installed', 'npm install'],
] as const)('says what to do when Bun is missing: %s', async (layout, remedy) => {
  const child = Bun.spawnSync(['node', join(await layOut(layout), 'bin/turnpike.mjs')]);
  expect(child.exitCode).toBe(1);
  const complaint = child.stderr.toString().trim();
  expect(complaint).not.toContain('\n');
  expect(complaint).toEndWith(`Run: ${remedy}`);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('hands on %s once', async (signal) => {
  const program = launch(await layOut('installed'));
  await program.said('pid ');
  program.launcher.kill(signal);
  await program.said(`got ${signal}`);
  // A second delivery would come before the answer to this line does.
  program.type('and now');
  await program.said('echo and now');
  expect(program.lines().filter((line) => line.startsWith('got '))).toEqual([`got ${signal}`]);
});

test('Ctrl-C in a terminal arrives once', async () => {
  const program = launchInTerminal(await layOut('installed'));
  await program.said('pid ');
  program.press('\x03');
  await program.said('^Cgot SIGINT');
  // The launcher has seen the key too; whatever it does about it, it does before it answers to this.
  program.launcher.kill('SIGTERM');
  await program.said('got SIGTERM');
  expect(program.lines().filter((line) => line.includes('got '))).toEqual(['^Cgot SIGINT', 'got SIGTERM']);
});

test('ends by the signal that ended the program', async () => {
  const program = launch(await layOut('installed'));
  await program.said('pid ');
  program.type('die');
  await program.launcher.exited;
  expect(program.launcher.signalCode).toBe('SIGKILL');
});

test('leaves no program behind when it is killed itself', async () => {
  const program = launch(await layOut('installed'));
  const pid = Number(await program.said('pid '));
  program.launcher.kill('SIGKILL');
  await until(
    () => !isAlive(pid),
    () => `process ${pid} lives on`,
  );
});

test('runs by its own name through a link, as npm installs it', async () => {
  const folder = await layOut('installed');
  const link = join(folder, 'turnpike');
  await symlink(join(folder, 'bin/turnpike.mjs'), link);
  const child = Bun.spawn([link, 'keys'], {
    cwd: dirname(folder),
    stdin: new Blob(['exit 3\n']),
    stdout: 'pipe',
  });
  expect(await new Response(child.stdout).text()).toContain('arguments ["keys"]');
  expect(await child.exited).toBe(3);
});
