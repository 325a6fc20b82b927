/**
 * `npm test`: runs the tests with the Bun that runs the server, and ends with one line to read:
 *
 *     N passed, N failed, N skipped
 *
 * A file named `*.long.test.ts` waits for `npm run test:long`, which runs those and no others. Parts of file names
 * after the command narrow it down: `npm test -- src/domain`.
 *
 * Plain JavaScript on Node: it must also run, and say why it cannot, where Bun is missing.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBun } from '../bin/find-bun.mjs';
import { findTestChromium } from './test-chromium.mjs';
import { startTestPostgres } from './test-postgres.mjs';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

/** A test that hangs is ended; a test that needs longer says so itself. */
const TEST_LIMIT_MS = { short: 20_000, long: 300_000 };

/** How many files run at once, for two cores. Long tests mostly wait: for minutes of silence, for a browser, for a kill. */
const WORKERS = { short: 2, long: 3 };

/** A run that hangs is ended. Four minutes and ten on a quiet machine of two cores, more than twice that on a busy one. */
const RUN_LIMIT_MS = { short: 15 * 60_000, long: 20 * 60_000 };

/**
 * About how long each long file takes: the longest begin first, so that no run ends with one worker at the last of them.
 * One that is missing there begins before all others.
 */
const LONG_DURATIONS = 'test/long-durations.json';

/** How many files are named as those that took longest. */
const SLOWEST = 12;

const parameters = process.argv.slice(2);
const length = parameters[0] === '--long' ? 'long' : 'short';
const narrowedTo = length === 'long' ? parameters.slice(1) : parameters;

const bun = findBun(import.meta.url);
if ('problem' in bun) finish({ complaint: bun.problem });

const reports = mkdtempSync(join(tmpdir(), 'turnpike-tests-'));
const report = join(reports, 'junit.xml');
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));

const postgres = await startTestPostgres();
// The browser's tests take minutes, so only a run of the long ones needs it.
const chromium = length === 'long' ? findTestChromium() : { missing: 'run them with npm run test:long' };

const child = spawn(
  bun.path,
  [
    'test',
    ...[`--parallel=${WORKERS[length]}`, '--dots', `--timeout=${TEST_LIMIT_MS[length]}`],
    ...['--reporter=junit', `--reporter-outfile=${report}`],
    ...(length === 'short' ? ['--path-ignore-patterns=**/*.long.test.ts', ...narrowedTo] : []),
    ...(length === 'long' ? [`--timings=${LONG_DURATIONS}`] : []),
    // Several names mean any of them, so what the command names must replace what stands for all long tests.
    ...(length === 'long' ? (narrowedTo.length > 0 ? narrowedTo : ['.long.test.ts']) : []),
  ],
  { cwd: REPOSITORY, env: testEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] },
);

let said = '';
for (const stream of [child.stdout, child.stderr]) {
  stream.setEncoding('utf8').on('data', (text) => {
    said += text;
    process.stdout.write(text);
  });
}

let complaint;
const deadline = setTimeout(() => {
  complaint = `The tests were ended: they had not finished after ${RUN_LIMIT_MS[length] / 60_000} minutes.`;
  child.kill('SIGTERM');
  // Nothing that a test does to signals may keep the run alive.
  setTimeout(() => child.kill('SIGKILL'), 5000).unref();
}, RUN_LIMIT_MS[length]);

child.on('close', async (code, signal) => {
  clearTimeout(deadline);
  if (code !== 0 && complaint === undefined)
    complaint = `bun test ended with ${signal ?? `exit code ${code}`}.`;
  await postgres.stop?.();
  const xml = readReport();
  printSkipped(xml);
  printSlowest(xml);
  finish({ ...readSummary(), complaint });
});

/** Nothing of the developer's own Turnpike may reach the servers that tests start. */
function testEnvironment() {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('TURNPIKE_'));
  return {
    ...Object.fromEntries(own),
    TZ: 'UTC',
    BUN_CONFIG_MAX_HTTP_REQUESTS: '20000',
    // One of the two; test/fakes/postgres-server.ts reads them.
    ...(postgres.url !== undefined && { TURNPIKE_TEST_POSTGRES_URL: postgres.url }),
    ...(postgres.missing !== undefined && { TURNPIKE_TEST_POSTGRES_MISSING: postgres.missing }),
    // One of the two; test/browser/chromium.ts reads them.
    ...(chromium.path !== undefined && { TURNPIKE_TEST_CHROMIUM: chromium.path }),
    ...(chromium.missing !== undefined && { TURNPIKE_TEST_CHROMIUM_MISSING: chromium.missing }),
  };
}

/** From Bun's closing lines and not from the JUnit report, which leaves out files that could not be loaded. */
function readSummary() {
  // Bun colours its output when told to, whatever it writes to.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a colour code starts with
  const plain = said.replace(/\x1b\[[0-9;]*m/g, '');
  const count = (word) =>
    Number([...plain.matchAll(new RegExp(`^ *(\\d+) ${word}$`, 'gm'))].at(-1)?.[1] ?? 0);
  return { passed: count('pass'), failed: count('fail'), skipped: count('skip') + count('todo') };
}

/** Empty where the run ended before Bun wrote it; what failed has been said by then. */
function readReport() {
  try {
    return readFileSync(report, 'utf8');
  } catch {
    return '';
  }
}

/** A skipped test's name says what is missing, so the names are the reasons. */
function printSkipped(xml) {
  const skipped = [...xml.matchAll(/<testcase ([^>]*[^/])>\s*<skipped/g)].map(
    ([, attributes]) =>
      `  ${readAttribute(attributes, 'file')}: ${['classname', 'name']
        .map((name) => readAttribute(attributes, name))
        .filter(Boolean)
        .join(' > ')}`,
  );
  if (skipped.length > 0) console.log(`\nSkipped, and why:\n${skipped.join('\n')}`);
}

/** Where the minutes went: what to look at when a run gets too long for its limit. */
function printSlowest(xml) {
  const seconds = new Map();
  for (const [, attributes] of xml.matchAll(/<testcase ([^>]*[^/])\/?>/g)) {
    const file = readAttribute(attributes, 'file');
    seconds.set(file, (seconds.get(file) ?? 0) + Number(readAttribute(attributes, 'time')));
  }
  const slowest = [...seconds].sort(([, one], [, other]) => other - one).slice(0, SLOWEST);
  if (slowest.length < SLOWEST) return;
  const lines = slowest.map(([file, time]) => `  ${time.toFixed(1).padStart(6)} s  ${file}`);
  console.log(`\nTook longest:\n${lines.join('\n')}`);
}

function readAttribute(attributes, name) {
  return unescapeXml(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');
}

function unescapeXml(text) {
  const characters = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };
  return text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => characters[entity]);
}

/** A run in which nothing ran has not shown anything, so it counts as failed. */
function finish({ passed = 0, failed = 0, skipped = 0, complaint }) {
  if (passed + failed === 0) complaint ??= 'No test ran.';
  if (complaint !== undefined) console.log(`\n${complaint}`);
  const failures = Math.max(failed, complaint === undefined ? 0 : 1);
  console.log(`\n${passed} passed, ${failures} failed, ${skipped} skipped`);
  process.exit(failures === 0 ? 0 : 1);
}
