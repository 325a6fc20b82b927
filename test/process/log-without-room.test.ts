import { expect, test } from 'bun:test';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** The log goes where the operator sends it, often to a file; a disk that is full there must stop nobody. */

const LAUNCHER = join(import.meta.dir, '../../bin/turnpike.mjs');
const FULL = '/dev/full';
const CALLS = 20;
const KEY = `xai-${'k'.repeat(80)}`;
const missing = existsSync(FULL) ? undefined : `there is no ${FULL}`;

test.skipIf(missing !== undefined)(
  `a log that finds no room costs no call${missing === undefined ? '' : ` (${missing})`}`,
  async () => {
    const folder = temporaryFolder();
    const full = openSync(FULL, 'w');
    const server = Bun.spawn(['node', LAUNCHER, 'serve'], {
      env: {
        ...process.env,
        TURNPIKE_DATA_DIR: folder.path,
        TURNPIKE_PORT: '0',
        TURNPIKE_UPSTREAM: 'simulator',
        TURNPIKE_LIMITS: 'off',
        TURNPIKE_LOG_LEVEL: 'info',
        TURNPIKE_INITIAL_API_KEY: KEY,
      },
      stdout: 'pipe',
      stderr: full,
    });
    try {
      const url = await addressOf(server.stdout);
      const call = () =>
        fetch(`${url}/v1/chat/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
          body: '{"model":"grok-beta","messages":[{"role":"user","content":"hi"}],"max_tokens":5}',
        });
      for (let count = 0; count < CALLS; count += 1) expect((await call()).status).toBe(200);
      server.kill('SIGTERM');
      expect(await server.exited).toBe(0);
    } finally {
      server.kill('SIGKILL');
      await server.exited;
      closeSync(full);
      folder.remove();
    }
  },
  60_000,
);

/** Reads on after the address was found, so that the server never waits for its reader. */
function addressOf(output: ReadableStream<Uint8Array>): Promise<string> {
  return new Promise((resolve, reject) => {
    const read = async () => {
      const decoder = new TextDecoder();
      let text = '';
      for await (const piece of output) {
        text += decoder.decode(piece, { stream: true });
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
        if (address !== undefined) resolve(address);
      }
      reject(new Error(`the server did not start\n${text}`));
    };
    read().catch(reject);
  });
}
