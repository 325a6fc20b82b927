import { type Config, readConfig } from './config.ts';

/** Where people reach a server that listens at this address: whoever listens everywhere is reached by loopback here. */
export function reachableUrl(listeningUrl: string): string {
  return listeningUrl.replace(/\/\/(?:0\.0\.0\.0|\[::\])/, '//127.0.0.1');
}

/** Where people would reach a server that is started with these settings. */
export function settledUrl(environment: Readonly<Record<string, string | undefined>>): string {
  const settings = readConfig(environment, {}, { isTerminal: false });
  return 'problems' in settings ? DEFAULT_URL : urlOf(settings.config);
}

const DEFAULT_URL = 'http://127.0.0.1:7070';

function urlOf({ publicUrl, host, port }: Pick<Config, 'publicUrl' | 'host' | 'port'>): string {
  return publicUrl ?? reachableUrl(`http://${host.includes(':') ? `[${host}]` : host}:${port}`);
}
