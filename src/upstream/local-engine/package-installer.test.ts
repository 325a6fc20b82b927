import { expect, test } from 'bun:test';
import { packageInstallers } from './package-installer.ts';

const commands = (environment: Record<string, string>, platform = 'linux') =>
  packageInstallers(environment, '/bin/bun', platform).map(({ command }) => command.slice(0, 2).join(' '));

test('the npm that started us is run by its own Node', () => {
  const environment = { npm_execpath: '/n/npm-cli.js', npm_node_execpath: '/n/node' };
  expect(commands(environment)).toEqual(['/n/node /n/npm-cli.js', '/bin/bun install']);
});

test('without npm, or started by another package manager, npm is looked for on the path', () => {
  expect(commands({})[0]).toBe('npm install');
  expect(commands({ npm_execpath: '/n/pnpm.cjs' })[0]).toBe('npm install');
  expect(commands({}, 'win32')[0]).toBe('cmd.exe /d');
});

test('no installer runs scripts of packages or takes the binaries for graphics cards', () => {
  for (const { command } of packageInstallers({}, '/bin/bun', 'linux')) {
    expect(command).toContain('--ignore-scripts');
    expect(command).toContain('--omit=optional');
  }
});
