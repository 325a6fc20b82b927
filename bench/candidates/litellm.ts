import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE_FOLDER } from '../load/build-programs.ts';
import { freePort } from '../machine/free-port.ts';
import type { Workbench } from '../machine/workbench.ts';
import { type Candidate, CHAT_PATH, untilReady } from './candidate.ts';

const REQUIREMENTS = join(import.meta.dir, '../peers/litellm/requirements.txt');
const ENVIRONMENT = join(CACHE_FOLDER, 'litellm');
const PROGRAM = join(ENVIRONMENT, 'bin/litellm');

/** Some 700 MB from PyPI. */
const INSTALL_LIMIT_MS = 300_000;
const START_LIMIT_MS = 60_000;

const MASTER_KEY = 'sk-bench';

/** The gateway most people know, in Python: one worker for its one core, no database, only its master key checked. */
export const litellm: Candidate = {
  name: 'litellm',
  work: 'one key, no limits, no ledger',
  overTls: false,
  heavy: true,
  async prepare(bench) {
    if (Bun.which('python3') === null) return { skip: 'python3 is not installed' };
    if (!existsSync(PROGRAM)) {
      const problem = await install(bench);
      if (problem !== undefined) {
        // Half an installation would be taken for a whole one.
        rmSync(ENVIRONMENT, { recursive: true, force: true });
        return { skip: `pip could not install it: ${problem.slice(-200)}` };
      }
    }
    const python = join(ENVIRONMENT, 'bin/python');
    const ask =
      "import importlib.metadata, platform; print(importlib.metadata.version('litellm'), platform.python_version())";
    const [version, pythonVersion] = (await bench.run([python, '-c', ask])).trim().split(' ');
    return { version: `${version} (Python ${pythonVersion})` };
  },
  async start(bench, upstream) {
    const folder = bench.makeFolder('litellm');
    const port = await freePort();
    const configuration = join(folder, 'config.yaml');
    writeFileSync(configuration, configurationFor(upstream.baseUrl));
    const words = ['--config', configuration, '--host', '127.0.0.1', '--port', String(port)];
    const service = bench.start([PROGRAM, ...words, '--num_workers', '1', '--telemetry', 'False'], {
      core: 'gateway',
      folder,
      environment: {
        LITELLM_MODE: 'PRODUCTION',
        LITELLM_LOG: 'ERROR',
        // Its table of prices would otherwise be fetched from the internet.
        LITELLM_LOCAL_MODEL_COST_MAP: 'True',
      },
      outputFile: join(folder, 'output'),
    });
    await untilReady(`http://127.0.0.1:${port}/health/liveliness`, service, { limitMs: START_LIMIT_MS });
    const headers = [`authorization: Bearer ${MASTER_KEY}`];
    return {
      target: { port, path: CHAT_PATH, headers, model: 'mock' },
      pid: service.pid,
      service,
      stop: service.stop,
    };
  },
};

async function install(bench: Workbench): Promise<string | undefined> {
  try {
    await bench.run(['python3', '-m', 'venv', ENVIRONMENT]);
    await bench.run([join(ENVIRONMENT, 'bin/pip'), 'install', '--quiet', '--requirement', REQUIREMENTS], {
      limitMs: INSTALL_LIMIT_MS,
    });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function configurationFor(baseUrl: string): string {
  return `model_list:
  - model_name: mock
    litellm_params:
      model: openai/mock
      api_base: ${baseUrl}
      api_key: none
litellm_settings:
  set_verbose: false
general_settings:
  master_key: ${MASTER_KEY}
`;
}
