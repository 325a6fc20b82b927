import { expect, test } from 'bun:test';
import { lastWords, type Program, runProgram } from './run-program.ts';

const bun = (script: string, more: Partial<Program> = {}): Program => ({
  command: [process.execPath, '-e', script],
  folder: import.meta.dir,
  environment: process.env,
  deadlineMs: 10_000,
  signal: new AbortController().signal,
  ...more,
});

test('a program that ends well gives its output', async () => {
  expect(await runProgram(bun('console.log("done")'))).toEqual({ ok: true, output: 'done\n' });
});

test('a program that fails gives what it said', async () => {
  const end = await runProgram(bun('console.error("error: no such thing"); process.exit(3)'));
  expect(end).toEqual({ ok: false, reason: 'failed', output: 'error: no such thing\n' });
});

test('a program that is not there is told apart from one that fails', async () => {
  const end = await runProgram(bun('', { command: ['turnpike-has-no-such-program'] }));
  expect(end).toMatchObject({ ok: false, reason: 'not-found' });
});

test('a program is ended at its deadline and when nobody wants it any more', async () => {
  const forever = 'setInterval(() => {}, 1000)';
  expect(await runProgram(bun(forever, { deadlineMs: 50 }))).toMatchObject({ ok: false, reason: 'too-slow' });
  const caller = new AbortController();
  const running = runProgram(bun(forever, { signal: caller.signal }));
  caller.abort();
  expect(await running).toMatchObject({ ok: false, reason: 'aborted' });
});

test("the server's own variables do not reach a program", async () => {
  const environment = { ...process.env, TURNPIKE_ADMIN_PASSWORD: 'secret', OTHER: 'kept' };
  const end = await runProgram(bun('console.log(JSON.stringify(process.env))', { environment }));
  expect(end.output).toContain('kept');
  expect(end.output).not.toContain('secret');
});

test('the line that speaks of an error is shown, else the last', () => {
  expect(lastWords('npm warn old\nnpm error code E404\nnpm error 404 Not found\nA log is in x')).toBe(
    'npm error 404 Not found',
  );
  expect(lastWords('one\ntwo\n\n')).toBe('two');
  expect(lastWords('')).toBe('it said nothing');
  expect(lastWords('npm error code X\nnpm error syscall connect\nnpm error why')).toBe('npm error why');
  // A private registry's address can carry a credential in two places.
  const told = lastWords('ERROR: https://user:secret@host/simple?key=secret/ refused');
  expect(told).toBe('ERROR: https://host/simple refused');
});
