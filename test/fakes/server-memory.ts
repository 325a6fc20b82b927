import { type RunningServer, serverProcessId } from './running-server.ts';

/** Resident memory of the server's own process in MB, as the system counts it. */
export function residentMb(server: RunningServer): number {
  const listed = Bun.spawnSync(['ps', '-o', 'rss=', '-p', String(serverProcessId(server))]);
  const kilobytes = Number(listed.stdout.toString().trim());
  if (!(kilobytes > 0)) throw new Error('the server is not there any more');
  return kilobytes / 1024;
}
