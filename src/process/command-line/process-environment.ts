import type { Storage } from '../../storage/storage.ts';
import { systemClock } from '../system-clock.ts';
import { systemRandom } from '../system-random.ts';
import type { CommandLineEnvironment } from './environment.ts';

/** A secret with its line break is far shorter. */
const MAXIMUM_STDIN_BYTES = 64 * 1024;
const DEFAULT_COLUMNS = 80;

/** What the program decides; the rest of the command line's world is this process. */
export type ProcessParts = Pick<
  CommandLineEnvironment,
  'dataDir' | 'database' | 'seal' | 'serve' | 'checks' | 'mail' | 'copyDatabase'
> & {
  readonly openStorage: (dataDir: string) => Promise<Storage>;
};

/** The command line's world as this process has it. */
export function processEnvironment(parts: ProcessParts): CommandLineEnvironment {
  return {
    ...parts,
    variables: process.env,
    clock: systemClock,
    random: systemRandom,
    stdout: (text) => write(process.stdout, text),
    stderr: (text) => write(process.stderr, text),
    isTerminal: process.stdout.isTTY === true,
    width: process.stdout.columns ?? DEFAULT_COLUMNS,
    readStdin,
  };
}

/**
 * A pipe takes 64 KB at once, and ending the process drops what is still waiting for its reader. A reader that went
 * away (`| head`) is no error.
 */
function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.once('error', () => resolve());
    stream.write(text, () => resolve());
  });
}

async function readStdin(): Promise<string> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of Bun.stdin.stream()) {
    sizeBytes += part.length;
    if (sizeBytes > MAXIMUM_STDIN_BYTES) break;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
