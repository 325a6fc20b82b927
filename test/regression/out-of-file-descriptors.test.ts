import { expect, test } from 'bun:test';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { rawCall } from '../fakes/raw-call.ts';
import { serverProcessId, startServer, stopServer } from '../fakes/running-server.ts';

/** The system gives the server no more files and sockets: who is served is served on, and the rest comes later. */

/** How many more the server may open. */
const LEFT = 20;

const canLimit = process.platform === 'linux' && Bun.which('prlimit') !== null;

test.skipIf(!canLimit)(
  'open streams go on, and new calls are served when there is room again (needs prlimit of Linux)',
  async () => {
    const server = await startServer({ TURNPIKE_LIMITS: 'off' });
    const sockets: Socket[] = [];
    try {
      const stream = rawCall(server, {
        stream: true,
        turnpike_simulator: { tokens: 40, tokens_per_second: 20 },
      });
      await new Promise((resolve) => stream.socket.once('data', resolve));
      const pid = serverProcessId(server);
      const most = readdirSync(`/proc/${pid}/fd`).length + LEFT;
      const limited = Bun.spawnSync(['prlimit', '--pid', String(pid), `--nofile=${most}:${most}`]);
      expect(limited.exitCode).toBe(0);

      const { hostname, port } = new URL(server.url);
      let served = 0;
      for (let index = 0; index < LEFT * 4; index += 1) {
        const socket = connect(Number(port), hostname, () => {
          socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
        });
        socket.on('error', () => {});
        socket.once('data', () => {
          served += 1;
        });
        sockets.push(socket);
      }
      const text = await stream.text;
      expect(text).toContain('[DONE]');
      expect(served).toBeLessThan(LEFT * 2);

      for (const socket of sockets) socket.destroy();
      let status = 0;
      for (let attempt = 0; attempt < 50 && status !== 200; attempt += 1) {
        ({ status } = await server
          .post('/v1/chat/completions', { model: 'grok-beta', messages: [{ role: 'user', content: 'hi' }] })
          .catch(() => ({ status: 0 })));
        if (status !== 200) await Bun.sleep(100);
      }
      expect(status).toBe(200);
      expect(((await server.turnpike('audit')) as { findings: unknown[] }).findings).toEqual([]);
      expect(server.log()).not.toContain('assertion-broken');
    } finally {
      for (const socket of sockets) socket.destroy();
      await stopServer(server);
    }
  },
);
