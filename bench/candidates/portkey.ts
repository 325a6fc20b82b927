import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../machine/free-port.ts';
import { AUTHORIZATION, type Candidate, CHAT_PATH, untilReady } from './candidate.ts';

const FOLDER = join(import.meta.dir, '../peers/portkey');
const PACKAGE = join(FOLDER, 'node_modules/@portkey-ai/gateway');
const INSTALL_LIMIT_MS = 180_000;

/** The other gateway that is written in TypeScript, as npm installs it. It checks no keys and keeps no books. */
export const portkey: Candidate = {
  name: 'portkey',
  work: 'no keys, no limits, no ledger',
  overTls: true,
  async prepare(bench) {
    if (!existsSync(PACKAGE)) {
      const install = ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'];
      const problem = await bench.run(install, { folder: FOLDER, limitMs: INSTALL_LIMIT_MS }).then(
        () => undefined,
        (error: Error) => error.message,
      );
      if (problem !== undefined) return { skip: `npm could not install it: ${problem.slice(0, 200)}` };
    }
    const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as {
      version: string;
    };
    const node = (await bench.run(['node', '--version'])).trim();
    return { version: `${version} (Node ${node})` };
  },
  async start(bench, upstream) {
    const port = await freePort();
    const environment = {
      NODE_ENV: 'production',
      ...(upstream.caFile === undefined ? {} : { NODE_EXTRA_CA_CERTS: upstream.caFile }),
    };
    const service = bench.start(
      ['node', join(PACKAGE, 'build/start-server.js'), `--port=${port}`, '--headless'],
      { core: 'gateway', environment, outputFile: join(bench.makeFolder('portkey'), 'output') },
    );
    await untilReady(`http://127.0.0.1:${port}/`, service);
    const headers = [
      AUTHORIZATION,
      'x-portkey-provider: openai',
      `x-portkey-custom-host: ${upstream.baseUrl}`,
    ];
    return {
      target: { port, path: CHAT_PATH, headers, model: 'mock' },
      pid: service.pid,
      service,
      stop: service.stop,
    };
  },
};
