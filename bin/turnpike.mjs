#!/usr/bin/env node
/**
 * The launcher: `turnpike …` on any Node >= 20 becomes `bun src/process/main.ts …`.
 *
 * It exists because the people who install Turnpike have npm, not Bun, and because one setting works only when it is
 * in the environment before Bun starts. Plain JavaScript without dependencies.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { buildPages, pagesAreStale } from './build-web.mjs';
import { findBun } from './find-bun.mjs';

const MAIN = fileURLToPath(new URL('../src/process/main.ts', import.meta.url));

const found = findBun(import.meta.url);
if ('problem' in found) {
  console.error(found.problem);
  process.exit(1);
}

// `npm install` has built the pages, unless it ran without scripts or they were changed since. A second or two.
if (process.argv[2] === 'serve' && pagesAreStale()) {
  console.error('Building the pages…');
  buildPages();
}

// Bun runs 256 fetches at once and silently queues the rest; inside the process this setting has no effect.
const environment = { BUN_CONFIG_MAX_HTTP_REQUESTS: '20000', ...process.env };

// No package is ever fetched while the server runs, and no `.env` of the folder we were started in is read: what
// Turnpike does is said by its command line, its environment and its data folder alone.
const bunArguments = ['--no-install', '--no-env-file'];
const programArguments = [MAIN, ...process.argv.slice(2)];

if (typeof process.execve === 'function' && process.platform !== 'win32') {
  becomeBun();
} else {
  holdBun();
}

/**
 * From Node 22.15 on the launcher turns into Bun: one process, to which signals, exit code and terminal belong
 * without anybody handing them on.
 */
function becomeBun() {
  process.execve(found.path, [found.path, ...bunArguments, ...programArguments], environment);
}

/** On older Nodes the launcher stays, hands signals on once and ends as Bun ended. */
function holdBun() {
  // `--no-orphans`: should this process be killed without a chance to speak (kill -9), Bun ends too, instead of
  // keeping port and data folder for nobody.
  const child = spawn(found.path, ['--no-orphans', ...bunArguments, ...programArguments], {
    env: environment,
    stdio: 'inherit',
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!(comesFromTerminal(signal) && ownsTerminal())) child.kill(signal);
    });
  }

  child.on('error', (error) => {
    console.error(`Bun at ${found.path} could not be started (${error.code}). Run: npm install --force`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    // End by the same signal, so that whoever started us sees how it ended. Some signals cannot end this process
    // (it may hold a handler of Node's own): then the shell's convention tells it.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 1000);
  });
}

/** Ctrl-C and a closed window reach every process in the terminal's foreground, Bun too. */
function comesFromTerminal(signal) {
  return signal === 'SIGINT' || signal === 'SIGHUP';
}

/**
 * Whether our process group is the one that the keyboard speaks to. Then Bun, in the same group, has got the signal
 * already, and a second one could read as "quit at once". Linux says it exactly; elsewhere a terminal on one of the
 * standard streams has to do.
 */
function ownsTerminal() {
  try {
    const status = readFileSync('/proc/self/stat', 'utf8');
    // The fields after the command's name in brackets, which may itself hold spaces and brackets.
    const [, , group, , terminal, foregroundGroup] = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return terminal !== '0' && group === foregroundGroup;
  } catch {
    return Boolean(process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY);
  }
}
