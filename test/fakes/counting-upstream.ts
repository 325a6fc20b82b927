import { join } from 'node:path';

/** What a test asks of the upstream: the member `mock` of a request's body, which the gateway passes on as it is. */
export interface UpstreamOrder {
  readonly pieces: number;
  /** How long a piece is. Paced pieces hold the number of their round instead. */
  readonly pieceCharacters?: number;
  /** One piece each so many milliseconds, to all streams of this pace at once; without it, as fast as they are taken. */
  readonly everyMs?: number;
  /** A silence, before the response head unless it is said otherwise. */
  readonly silentMs?: number;
  readonly silentBefore?: 'head' | 'first' | 'second';
  /** A paced stream writes on until so many calls were open at one moment. */
  readonly endTogether?: number;
}

/** Everything since the start. */
export interface UpstreamCounts {
  connections: number;
  requests: number;
  open: number;
  /** The most calls that were open at one moment. */
  mostOpen: number;
  /** Calls of whose answer every byte was taken. */
  completed: number;
  /** Calls whose connection was closed before. */
  cut: number;
  startedAfterAnEnd: number;
  /** Bytes that the other side, or the kernel on the way to it, took. */
  sentBytes: number;
}

export interface CountingUpstream {
  /** For `TURNPIKE_UPSTREAM`. */
  readonly baseUrl: string;
  counts(): Promise<UpstreamCounts>;
  stop(): Promise<void>;
}

/** Starts an upstream that counts, in a process of its own. */
export async function startCountingUpstream(): Promise<CountingUpstream> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'counting-upstream-program.ts')], {
    stdout: 'pipe',
    stderr: 'inherit',
  });
  const reader = child.stdout.getReader();
  const port = Number(new TextDecoder().decode((await reader.read()).value));
  if (!(port > 0)) throw new Error('the upstream did not start');
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    counts: async () => (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as UpstreamCounts,
    async stop() {
      child.kill();
      await child.exited;
    },
  };
}
