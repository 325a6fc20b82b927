import type { JsonValue } from './commands/json-value.ts';
import { findControlAddress } from './control-address.ts';

/** The longest list that a command answers with stays far below this. */
const MAXIMUM_ANSWER_BYTES = 256 * 1024 * 1024;

/** What came of calling the server of a data folder. */
export type ControlReply =
  | { readonly kind: 'answered'; readonly answer: JsonValue }
  /** Nobody listens: no server runs there. */
  | { readonly kind: 'no-server' }
  /** A server listens and did not take the command. Nothing was done. */
  | { readonly kind: 'not-taken' }
  /** The connection broke or no answer came in time. The command may have been carried out. */
  | { readonly kind: 'unknown' };

/** Sends one command to the server that runs on a data folder, and waits no longer than the deadline. Never rejects. */
export async function callControl(
  dataDir: string,
  request: JsonValue,
  deadlineMs: number,
): Promise<ControlReply> {
  const socketPath = findControlAddress(dataDir);
  if (socketPath === undefined) return { kind: 'no-server' };
  try {
    const response = await fetch('http://turnpike/command', {
      unix: socketPath,
      method: 'POST',
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(deadlineMs),
      redirect: 'manual',
    });
    if (!response.ok) return { kind: 'not-taken' };
    return { kind: 'answered', answer: JSON.parse(await readBounded(response)) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    // A socket whose server was killed refuses, one that was just removed is not there.
    return {
      kind: /^(?:ECONNREFUSED|ENOENT|ConnectionRefused|FailedToOpenSocket)$/.test(code)
        ? 'no-server'
        : 'unknown',
    };
  }
}

async function readBounded(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of response.body ?? []) {
    sizeBytes += part.length;
    if (sizeBytes > MAXIMUM_ANSWER_BYTES) throw new RangeError('the answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
