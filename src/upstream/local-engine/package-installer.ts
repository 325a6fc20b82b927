import { basename } from 'node:path';

/** A package manager as it is called on this machine. */
export interface PackageInstaller {
  /** As people are told where the packages come from. */
  readonly source: string;
  readonly command: readonly [string, ...string[]];
  /** Variables it needs besides the environment it inherits. */
  readonly variables: Readonly<Record<string, string>>;
}

const NPM_ARGUMENTS = [
  'install',
  '--omit=optional',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  // Its own pauses, 10 and 60 seconds, would keep a machine without a network waiting for more than a minute.
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
];
const BUN_ARGUMENTS = ['install', '--omit=optional', '--ignore-scripts', '--production', '--no-progress'];

/**
 * The ways to install packages here, best first. npm checks every package against the lock's checksums. The one
 * that started us is run by the Node it ran with; else npm is looked for on the PATH. A stand-alone executable
 * runs on machines without npm, and there Bun, which it carries, installs the same versions.
 */
export function packageInstallers(
  environment: Readonly<Record<string, string | undefined>>,
  bunPath: string,
  platform: string,
): PackageInstaller[] {
  const installers: PackageInstaller[] = [];
  const startedBy = environment.npm_execpath;
  // Other package managers set npm_execpath to themselves.
  if (startedBy !== undefined && basename(startedBy) === 'npm-cli.js') {
    const node = environment.npm_node_execpath ?? 'node';
    installers.push({ source: 'npm', command: [node, startedBy, ...NPM_ARGUMENTS], variables: {} });
  } else if (platform === 'win32') {
    // npm is a batch file there, and only the shell runs those.
    installers.push({
      source: 'npm',
      command: ['cmd.exe', '/d', '/s', '/c', 'npm', ...NPM_ARGUMENTS],
      variables: {},
    });
  } else {
    installers.push({ source: 'npm', command: ['npm', ...NPM_ARGUMENTS], variables: {} });
  }
  // The variable makes an executable that Bun compiled behave as Bun itself.
  installers.push({
    source: 'npm (bun)',
    command: [bunPath, ...BUN_ARGUMENTS],
    variables: { BUN_BE_BUN: '1' },
  });
  return installers;
}
