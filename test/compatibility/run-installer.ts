/** The largest group takes 40 s where nothing of it is in a cache. */
const INSTALL_LIMIT_MS = 240_000;

/** How npm and pip say that the registry, or the name server before it, is out of reach. */
const OUT_OF_REACH =
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b|NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError/;

/**
 * Runs a package manager. Resolves to undefined, or to why it cannot be done here; rejects when it failed for
 * another reason, because that is a fault of the lockfile or of the package.
 */
export async function runInstaller(command: readonly string[], folder: string): Promise<string | undefined> {
  const installer = Bun.spawn([...command], {
    cwd: folder,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    timeout: INSTALL_LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  const [stdout, stderr, exitCode] = await Promise.all([
    new Response(installer.stdout).text(),
    new Response(installer.stderr).text(),
    installer.exited,
  ]);
  if (exitCode === 0) return undefined;
  if (OUT_OF_REACH.test(stdout + stderr)) return 'the package registry cannot be reached';
  const ended = installer.signalCode === null ? `exit code ${exitCode}` : `after ${INSTALL_LIMIT_MS} ms`;
  throw new Error(`${command.join(' ')} failed: ${ended}\n${stdout}\n${stderr}`);
}
