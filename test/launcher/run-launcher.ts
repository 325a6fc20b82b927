/** A folder laid out as npm leaves it, and the launcher running in it with a small program in the server's place. */
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const REPOSITORY = resolve(import.meta.dir, '../..');

/** Below the test runner's limit, so that a failure says what it waited for. */
const WAIT_LIMIT_MS = 4000;

/** Says how it was started and which signals reach it, and ends as it is told on its standard input. */
const PROGRAM = `
const say = (line) => process.stdout.write(line + '\\n');
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => say('got ' + name));
say('arguments ' + JSON.stringify(process.argv.slice(2)));
say('requests ' + process.env.BUN_CONFIG_MAX_HTTP_REQUESTS);
say('dotenv ' + process.env.FROM_DOTENV_FILE);
say('pid ' + process.pid);
setInterval(() => {}, 1000); // A server does not end because its standard input does.
for await (const line of console) {
  if (line.startsWith('exit ')) process.exit(Number(line.slice(5)));
  if (line === 'die') process.kill(process.pid, 'SIGKILL');
  say('echo ' + line);
}
`;

/** The package `bun` as it is when its install script did not run. */
const PLACEHOLDER = 'echo "Error: Bun\'s postinstall script was not run." >&2\nexit 1\n';

export type Layout = 'installed' | 'scripts skipped' | 'optional packages left out' | 'not installed';

export interface Launched {
  readonly launcher: Bun.Subprocess;
  /** Everything said on standard output (or in the terminal) so far. */
  lines(): readonly string[];
  /** The rest of the first line that starts like this, as soon as it was said; fails after a bounded wait. */
  said(start: string): Promise<string>;
  type(line: string): void;
}

const launched: Launched[] = [];
const folders: string[] = [];

/** Ends whatever a test has started, by its process number, and removes its folders. */
export async function cleanUp(): Promise<void> {
  for (const { launcher, lines } of launched.splice(0)) {
    launcher.kill('SIGKILL');
    // A launcher that fails its test may have left the program behind.
    const pid = Number(
      lines()
        .find((line) => line.startsWith('pid '))
        ?.slice(4),
    );
    if (pid > 0 && isAlive(pid)) process.kill(pid, 'SIGKILL');
  }
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

export async function layOut(layout: Layout): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'turnpike-launcher-'));
  folders.push(folder);
  await cp(join(REPOSITORY, 'bin'), join(folder, 'bin'), { recursive: true });
  await mkdir(join(folder, 'src/process'), { recursive: true });
  await writeFile(join(folder, 'src/process/main.ts'), PROGRAM);
  await writeFile(join(folder, '.env'), 'FROM_DOTENV_FILE=yes\n');
  if (layout === 'not installed') return folder;

  const bun = join(folder, 'node_modules/bun');
  await mkdir(join(bun, 'bin'), { recursive: true });
  await writeFile(join(bun, 'package.json'), '{"name": "bun"}');
  if (layout === 'installed') {
    await symlink(process.execPath, join(bun, 'bin/bun.exe'));
    return folder;
  }
  await writeFile(join(bun, 'bin/bun.exe'), PLACEHOLDER, { mode: 0o755 });
  if (layout === 'scripts skipped') {
    const platform = join(folder, 'node_modules', await platformPackage());
    await mkdir(join(platform, 'bin'), { recursive: true });
    await writeFile(join(platform, 'package.json'), '{}');
    await symlink(process.execPath, join(platform, 'bin/bun'));
  }
  return folder;
}

/** Found by what Bun's own manifest offers, not by the code under test. */
async function platformPackage(): Promise<string> {
  const manifest = await readFile(join(REPOSITORY, 'node_modules/bun/package.json'), 'utf8');
  const cpu = process.arch === 'arm64' ? 'aarch64' : process.arch;
  const musl = (await Bun.file('/etc/alpine-release').exists()) ? '-musl' : '';
  const name = `@oven/bun-${process.platform}-${cpu}${musl}`;
  if (!(name in JSON.parse(manifest).optionalDependencies)) throw new Error(`Bun offers no ${name}`);
  return name;
}

/** Starts the launcher with its standard streams as pipes, as a service manager does. */
export function launch(
  folder: string,
  parameters: readonly string[] = [],
  environment: Record<string, string> = {},
): Launched {
  const { BUN_CONFIG_MAX_HTTP_REQUESTS: _, ...inherited } = process.env;
  const launcher = Bun.spawn(['node', 'bin/turnpike.mjs', ...parameters], {
    cwd: folder,
    env: { ...inherited, ...environment },
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  let text = '';
  void (async () => {
    for await (const chunk of launcher.stdout.pipeThrough(new TextDecoderStream())) text += chunk;
  })();
  return follow(
    launcher,
    () => text,
    (line) => {
      launcher.stdin.write(`${line}\n`);
      launcher.stdin.flush();
    },
  );
}

/** Starts the launcher in a terminal of its own, as a person does. */
export function launchInTerminal(folder: string): Launched & { press(key: string): void } {
  let text = '';
  const decoder = new TextDecoder();
  const launcher = Bun.spawn(['node', 'bin/turnpike.mjs'], {
    cwd: folder,
    terminal: {
      data(_, bytes) {
        text += decoder.decode(bytes, { stream: true });
      },
    },
  });
  const press = (key: string) => void launcher.terminal?.write(key);
  const followed = follow(
    launcher,
    () => text,
    (line) => press(`${line}\r`),
  );
  return { ...followed, press };
}

function follow(launcher: Bun.Subprocess, text: () => string, type: (line: string) => void): Launched {
  const lines = () => text().split(/\r?\n/);
  const find = (start: string) => lines().find((line) => line.startsWith(start));
  const result: Launched = {
    launcher,
    lines,
    type,
    async said(start) {
      await until(
        () => find(start) !== undefined,
        () => `"${start}" was not said, only: ${text()}`,
      );
      return find(start)?.slice(start.length).trim() ?? '';
    },
  };
  launched.push(result);
  return result;
}

/** Waits, with a limit, until something holds. */
export async function until(holds: () => boolean, complaint: () => string): Promise<void> {
  const deadline = Date.now() + WAIT_LIMIT_MS;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(complaint());
    await Bun.sleep(5);
  }
}

/** A zombie counts as ended: where process 1 does not reap, a killed orphan stays one. */
export function isAlive(pid: number): boolean {
  const state = Bun.spawnSync(['ps', '-o', 'stat=', '-p', String(pid)])
    .stdout.toString()
    .trim();
  return state !== '' && !state.startsWith('Z');
}
