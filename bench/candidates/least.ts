import { join } from 'node:path';
import { freePort } from '../machine/free-port.ts';
import { AUTHORIZATION, type Candidate, CHAT_PATH, untilReady } from './candidate.ts';

const PROGRAM = join(import.meta.dir, 'least-gateway.ts');

/** The cheapest gateway on Turnpike's own runtime that has a durable ledger: what is left when all care is taken away. */
export const least: Candidate = {
  name: 'least with a ledger',
  work: 'key, counters, credit and durable journal, two rows, a log line; no checks, no deadlines',
  overTls: false,
  prepare: async () => ({ version: Bun.version }),
  async start(bench, { baseUrl }) {
    const port = await freePort();
    const folder = bench.makeFolder('least');
    const service = bench.start(
      [process.execPath, PROGRAM, `${baseUrl}/chat/completions`, String(port), folder],
      {
        core: 'gateway',
        environment: { BUN_CONFIG_MAX_HTTP_REQUESTS: '20000' },
        outputFile: join(bench.makeFolder('least-output'), 'output'),
      },
    );
    await untilReady(`http://127.0.0.1:${port}/ready`, service);
    const target = { port, path: CHAT_PATH, headers: [AUTHORIZATION], model: 'mock' };
    return { target, pid: service.pid, service, stop: service.stop };
  },
};
