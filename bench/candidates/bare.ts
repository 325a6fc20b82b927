import { join } from 'node:path';
import { freePort } from '../machine/free-port.ts';
import { AUTHORIZATION, type Candidate, CHAT_PATH, untilReady } from './candidate.ts';

const PROGRAM = join(import.meta.dir, 'bare-gateway.ts');

/** A gateway on Turnpike's own runtime that does nothing: what is left when all the work is taken away. */
export const bare: Candidate = {
  name: 'bare Bun',
  work: 'parses and forwards, nothing else',
  overTls: false,
  prepare: async () => ({ version: Bun.version }),
  async start(bench, { baseUrl }) {
    const port = await freePort();
    const service = bench.start([process.execPath, PROGRAM, `${baseUrl}/chat/completions`, String(port)], {
      core: 'gateway',
      // As Turnpike's launcher sets it: without it the runtime lets no more than 256 calls run at once.
      environment: { BUN_CONFIG_MAX_HTTP_REQUESTS: '20000' },
      outputFile: join(bench.makeFolder('bare'), 'output'),
    });
    await untilReady(`http://127.0.0.1:${port}/ready`, service);
    const target = { port, path: CHAT_PATH, headers: [AUTHORIZATION], model: 'mock' };
    return { target, pid: service.pid, service, stop: service.stop };
  },
};
