import { existsSync, readdirSync } from 'node:fs';
import { type RunningServer, serverProcessId } from './running-server.ts';

/** Files and connections that the server's own process has open; undefined where the system does not list them. */
export function openFiles(server: RunningServer): number | undefined {
  const folder = `/proc/${serverProcessId(server)}/fd`;
  return existsSync(folder) ? readdirSync(folder).length : undefined;
}
