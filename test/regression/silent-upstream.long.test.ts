import { expect, test } from 'bun:test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';

/**
 * The runtime ends every call that is silent for five minutes, which thinking models are, unless it is told not to.
 * Its own setting shortens the five minutes to seconds; a process of its own keeps that from the other tests.
 */
const RUNTIME_PATIENCE_SECONDS = '1';

/** The runtime looks at its idle calls every four seconds. */
const SILENCE_MS = 14_000;

const CONNECTION = join(resolve(import.meta.dir, '../..'), 'src/upstream/connection.ts');

const CALL = `
  const { callUpstream } = await import(process.argv.at(-2));
  const signal = new AbortController().signal;
  const call = { url: process.argv.at(-1), headers: {}, body: '{}', signal, keepAlive: true };
  const { body } = await callUpstream(call);
  console.log(await new Response(body).text());
`;

test('an upstream that thinks for long is waited for', async () => {
  const server = createServer((request, response) => {
    request.resume();
    setTimeout(() => response.end('at last'), SILENCE_MS);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    const { port } = server.address() as AddressInfo;
    const child = Bun.spawn([process.execPath, '-e', CALL, CONNECTION, `http://127.0.0.1:${port}/`], {
      env: { ...process.env, BUN_CONFIG_HTTP_IDLE_TIMEOUT: RUNTIME_PATIENCE_SECONDS },
      stderr: 'pipe',
    });
    const [stdout, stderr] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ]);
    expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: 'at last', stderr: '' });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}, 60_000);
