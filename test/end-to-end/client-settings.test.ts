import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import { clientSettings } from '../../src/console/client-settings/client-settings.ts';
import { KEY_PLACEHOLDER } from '../../src/language/walk-through-curl.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** What the page of a new key gives to copy is really run, with the key put in as the page does it. */

const ROOT = join(import.meta.dir, '../..');
let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ TURNPIKE_LIMITS: 'off' });
});
afterAll(() => stopServer(server));

function copied(client: string): string {
  const settings = clientSettings(server.url, ['grok-beta']).find((one) => one.client === client);
  if (settings?.kind !== 'text') throw new Error(`nothing to copy for ${client}`);
  return settings.text.replace(KEY_PLACEHOLDER, server.key);
}

test('the curl, in a shell', () => {
  const { stdout } = Bun.spawnSync(['sh', '-c', copied('curl')]);
  const answer = JSON.parse(stdout.toString());
  expect(answer.choices[0].message.content).toEqual(expect.any(String));
});

test('TypeScript, with OpenAI’s own package', () => {
  const program = Bun.spawnSync([process.execPath, 'run', '-'], {
    cwd: ROOT,
    stdin: Buffer.from(copied('typescript')),
  });
  expect(program.stderr.toString()).toBe('');
  expect(program.stdout.toString()).toContain('meaning of life');
});

const python = Bun.which('python3');
test.skipIf(python === null)('Python parses (python3 is not installed)', () => {
  const parse = 'import ast, sys; ast.parse(sys.stdin.read())';
  const checked = Bun.spawnSync([python ?? '', '-c', parse], { stdin: Buffer.from(copied('python')) });
  expect([checked.exitCode, checked.stderr.toString()]).toEqual([0, '']);
});
