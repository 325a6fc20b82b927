/**
 * `npm run check`: types, lint and format, and the house rules, side by side; prints what each had to say if it
 * failed. Plain JavaScript on Node, like the launcher, whose way of finding Bun it shares.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findBun } from '../bin/find-bun.mjs';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const CHECK_LIMIT_MS = 120_000;

const bun = findBun(import.meta.url);
if ('problem' in bun) {
  console.error(bun.problem);
  process.exit(1);
}

const checks = [
  {
    name: 'types',
    command: [process.execPath, 'node_modules/typescript/bin/tsc', '-p', '.', '--pretty', 'false'],
  },
  {
    name: 'types of the pages',
    command: [process.execPath, 'node_modules/typescript/bin/tsc', '-p', 'web', '--pretty', 'false'],
  },
  {
    name: 'lint and format',
    command: [process.execPath, 'node_modules/@biomejs/biome/bin/biome', 'check', '.'],
  },
  { name: 'house rules', command: [bun.path, 'tools/tidy.ts'] },
];

const results = await Promise.all(checks.map(run));
for (const { name, output } of results.filter(({ passed }) => !passed))
  console.log(`\n── ${name}\n\n${output.trim()}`);
console.log();
for (const { name, passed, seconds } of results) {
  console.log(`${passed ? 'good  ' : 'FAILED'}  ${name.padEnd(18)} ${seconds.toFixed(1)} s`);
}
process.exit(results.every(({ passed }) => passed) ? 0 : 1);

function run({ name, command: [executable, ...parameters] }) {
  const started = performance.now();
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(executable, parameters, { cwd: REPOSITORY, timeout: CHECK_LIMIT_MS });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('error', (error) => {
      output += `${executable} could not be started: ${error.message}\n`;
    });
    child.on('close', (code, signal) => {
      if (signal !== null) output += `Ended by ${signal} after at most ${CHECK_LIMIT_MS / 1000} s.\n`;
      resolve({ name, output, passed: code === 0, seconds: (performance.now() - started) / 1000 });
    });
  });
}
