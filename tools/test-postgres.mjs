/**
 * The PostgreSQL server that tests use: one for a test run, on a free port of loopback and in a folder of its own, with
 * nothing of the machine's own server. Plain JavaScript on Node, as the command that starts it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { installDebianPackages } from './install-debian-packages.mjs';

/** Where Debian puts the programs, one folder for each major version. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';
const START_LIMIT_MS = 30_000;

/** The data is thrown away, so no disk need be waited for; everything else is as it is delivered. */
const SETTINGS = ['listen_addresses=127.0.0.1', 'max_connections=300', 'fsync=off', 'full_page_writes=off'];

/**
 * Starts the server and answers its address, or why there is none. It is stopped, and its folder removed, when `stop`
 * is called or this process ends, however it ends.
 */
export async function startTestPostgres() {
  const programs = findPrograms() ?? install();
  if (programs === undefined) {
    return { missing: 'PostgreSQL is not installed, and cannot be from Debian packages here' };
  }
  const owner = ownerOfServer();
  if (owner === undefined)
    return { missing: 'PostgreSQL does not run as root, and there is no user postgres' };

  const folder = mkdtempSync(join(tmpdir(), 'turnpike-postgres-'));
  if (owner.uid !== process.getuid?.()) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  // Without a language of its own the system would make a database for ASCII.
  const initialised = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'turnpike', '-A', 'trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...owner, cwd: folder, encoding: 'utf8' },
  );
  if (initialised.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return { missing: `PostgreSQL's initdb failed: ${firstLine(initialised.stderr)}` };
  }
  const port = await freePort();
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const server = spawn(
    'sh',
    // The shell outlives whoever started it just long enough to end the server: its input ends with that process.
    [
      '-c',
      '"$@" >"$0/log" 2>&1 </dev/null & server=$!; cat >/dev/null; kill -QUIT $server; wait $server; rm -rf "$0/data"',
      folder,
      ...[join(programs, 'postgres'), '-D', data, '-p', String(port), '-k', folder, ...settings],
    ],
    { ...owner, cwd: folder, stdio: ['pipe', 'ignore', 'ignore'], detached: true },
  );
  const ended = new Promise((resolve) => server.on('close', resolve));
  const stop = async () => {
    server.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  if (!(await isReady(programs, port))) {
    await stop();
    return { missing: 'PostgreSQL was started and did not become ready' };
  }
  return { url: `postgres://turnpike@127.0.0.1:${port}/postgres`, stop };
}

function findPrograms() {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER) : [];
  const newest = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN_FOLDER, version, 'bin'));
  const own = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' }).stdout?.trim();
  return [...newest, ...(own ? [own] : [])].find((bin) => existsSync(join(bin, 'initdb')));
}

function install() {
  return installDebianPackages('PostgreSQL', ['postgresql']) ? findPrograms() : undefined;
}

/** The server refuses to run as root, so root lends it the user that the package has made. */
function ownerOfServer() {
  if (process.getuid?.() !== 0) return { uid: userInfo().uid, gid: userInfo().gid };
  const [uid, gid] = ['-u', '-g'].map((option) => Number(spawnSync('id', [option, 'postgres']).stdout));
  return uid > 0 ? { uid, gid } : undefined;
}

async function isReady(programs, port) {
  const giveUpAt = Date.now() + START_LIMIT_MS;
  while (Date.now() < giveUpAt) {
    const { status } = spawnSync(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]);
    if (status === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function firstLine(text) {
  return text.trim().split('\n')[0];
}
