import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  engineFolder,
  engineHome,
  engineModule,
  thisPlatform,
} from '../../src/upstream/local-engine/engine-package.ts';
import { type RunningServer, startServer, WALK_THROUGH_BODY } from '../fakes/running-server.ts';

/** When the local model cannot be had, that is said in words, and the server starts with what there is. */

let dataDir = '';
let server: RunningServer | undefined;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'turnpike-test-'));
});
afterEach(async () => {
  await server?.kill();
  server = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

/** A package manager that behaves as the script says, in the place of npm. */
function npm(script: string): Record<string, string> {
  const path = join(dataDir, 'npm-cli.js');
  writeFileSync(path, script);
  return { npm_execpath: path, npm_node_execpath: process.execPath };
}

async function start(environment: Record<string, string>, ...args: string[]): Promise<RunningServer> {
  server = await startServer({ TURNPIKE_UPSTREAM: '', ...environment }, { dataDir, args });
  return server;
}

/** The server is whole: it made the account, and answers as the simulator it says it is. */
async function expectSimulator({ output, key, post }: RunningServer): Promise<void> {
  expect(output()).toContain(key);
  expect(output()).toContain('╌╌');
  const response = await post('/v1/chat/completions', WALK_THROUGH_BODY);
  expect(response.headers.get('x-turnpike-simulated')).toBe('true');
}

/** Where nothing of a model's files is there, a half one is not either. */
function expectNothingHalf(): void {
  const home = engineHome(dataDir);
  const left = existsSync(home) ? readdirSync(home, { recursive: true }) : [];
  expect(left.filter((name) => name !== 'weights')).toEqual([]);
}

const GGUF = Uint8Array.from([...Buffer.from('GGUF'), 3, 0, 0, 0, 1, 2, 3]);

test('weights that are not there, in Chinese', async () => {
  const missing = join(dataDir, 'missing.gguf');
  const running = await start({ LC_ALL: 'zh_CN.UTF-8' }, '--weights', missing);
  expect(running.output()).toContain('指定的模型权重无法使用');
  expect(running.output()).toContain(`${missing}：没有这个文件。`);
  await expectSimulator(running);
});

test('a registry out of reach: which part of what, what to do, and the reason in the log', async () => {
  const running = await start(
    { LC_ALL: 'C.UTF-8', ...npm(`console.error('npm error code ECONNREFUSED'); process.exit(1)`) },
    '--local',
  );
  const output = running.output();
  expect(output).toContain('Fetching the engine from npm.');
  expect(output).toContain('The local model could not be fetched. The server starts without it.');
  expect(output).toContain('- The engine from npm: it could not be reached.');
  expect(output).toContain('npm start -- --local');
  expect(running.log()).toMatch(/"local-model-not-fetched".*"engine".*"npm".*"unreachable"/);
  // To a pipe no code is written that steers a terminal.
  expect(output).not.toMatch(/[^\P{Cc}\n]/u);
  await expectSimulator(running);
  expectNothingHalf();
});

test('an engine that is there and does not run has a notice of its own', async () => {
  const module = engineModule(engineFolder(dataDir, thisPlatform()));
  mkdirSync(dirname(module), { recursive: true });
  writeFileSync(module, '// Neither the rest of it nor what it needs is there.');
  const weights = join(dataDir, 'Own-1B.Q4_0.gguf');
  writeFileSync(weights, GGUF);
  const running = await start({ LC_ALL: 'C.UTF-8' }, '--weights', weights);
  expect(running.output()).toContain('Own-1B is here, but it did not start.');
  expect(running.output()).toContain('npm run turnpike -- doctor');
  expect(running.log()).toMatch(/"local-engine-not-started".*exit code 1: Cannot find/);
  await expectSimulator(running);
});

test('stopped while it fetches, it ends at once and leaves nothing half; the key is not lost', async () => {
  const environment = npm('setInterval(() => {}, 1000)');
  const child = Bun.spawn(['node', 'bin/turnpike.mjs', 'serve', '--local'], {
    cwd: join(import.meta.dir, '../..'),
    env: {
      ...process.env,
      ...environment,
      LC_ALL: 'C.UTF-8',
      TURNPIKE_DATA_DIR: dataDir,
      TURNPIKE_PORT: '0',
    },
    stdout: 'pipe',
    stderr: 'ignore',
  });
  let output = '';
  for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
    if (!output.includes('Fetching') && (output + piece).includes('Fetching')) child.kill('SIGTERM');
    output += piece;
  }
  expect(await child.exited).toBe(0);
  expect(output).toContain('Stopped. What is complete is kept');
  expect(output).not.toContain('could not be fetched');
  expectNothingHalf();
  await expectSimulator(await start({}));
});
