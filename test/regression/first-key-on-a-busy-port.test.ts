import { expect, test } from 'bun:test';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startServer, stopServer } from '../fakes/running-server.ts';

/**
 * The first key used to be made before the port was known to be free: a start on a busy port made a key, said that
 * nothing was changed, and no later start showed one.
 */
test('a start that fails on a busy port costs nobody their first key', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'turnpike-test-'));
  const holder = createServer();
  const port = await new Promise<number>((done) => {
    holder.listen(0, '127.0.0.1', () => {
      const address = holder.address();
      done(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const failed = Bun.spawn(['node', 'bin/turnpike.mjs', 'serve'], {
    cwd: resolve(import.meta.dir, '../..'),
    env: {
      ...process.env,
      TURNPIKE_DATA_DIR: dataDir,
      TURNPIKE_PORT: String(port),
      TURNPIKE_UPSTREAM: 'simulator',
    },
    stdout: 'pipe',
    stderr: 'ignore',
  });
  expect(await failed.exited).toBe(1);
  const said = await new Response(failed.stdout).text();
  expect(said).toContain(String(port));
  expect(said).not.toMatch(/xai-[0-9A-Za-z]{80}/);
  holder.close();

  // An empty setting counts as none, so the key is one made by chance.
  const server = await startServer({ TURNPIKE_INITIAL_API_KEY: '' }, { dataDir });
  expect(server.output()).toMatch(/xai-[0-9A-Za-z]{80}/);
  await stopServer(server);
});
