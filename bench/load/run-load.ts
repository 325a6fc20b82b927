import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workbench } from '../machine/workbench.ts';
import { type BodyOptions, requestBody } from './request-body.ts';

/** Microseconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** What the load generator saw. Only complete answers with status 200 are good. */
export interface LoadResult {
  readonly good: number;
  readonly badStatus: number;
  readonly incomplete: number;
  readonly badConnection: number;
  readonly unfinished: number;
  readonly seconds: number;
  readonly chunks: number;
  readonly bytes: number;
  readonly latency: Percentiles | null;
  /** From sending the request to the first chunk of the answer. */
  readonly firstChunk: Percentiles | null;
  /** From the mock's sending a chunk to its arrival. */
  readonly chunkDelay: Percentiles | null;
  /** Between two chunks of one stream. */
  readonly chunkGap: Percentiles | null;
  readonly firstFault: string;
}

/** Whom to ask, and how to be let in. */
export interface Target {
  readonly port: number;
  readonly path: string;
  readonly headers: readonly string[];
  readonly model: string;
  /** A file of keys, one a line, of which each request takes another. */
  readonly keysFile?: string;
}

export interface Load extends Omit<BodyOptions, 'model'> {
  readonly connections: number;
  readonly requests?: number;
  readonly seconds?: number;
  readonly rampMs?: number;
  /** What is not answered by then counts as not finished. */
  readonly limitSeconds: number;
}

/** Sends the load to the target and waits until it has been answered. */
export async function runLoad(
  bench: Pick<Workbench, 'run' | 'folder'>,
  program: string,
  target: Target,
  load: Load,
): Promise<LoadResult> {
  const bodyFile = join(bench.folder, 'request-body.json');
  writeFileSync(bodyFile, requestBody({ ...load, model: target.model }));
  const words = [
    ...['--port', target.port, '--path', target.path, '--body', bodyFile],
    ...target.headers.flatMap((header) => ['--header', header]),
    ...(target.keysFile === undefined ? [] : ['--keys', target.keysFile]),
    ...['--connections', load.connections, '--limit-s', load.limitSeconds],
    ...(load.requests === undefined ? [] : ['--requests', load.requests]),
    ...(load.seconds === undefined ? [] : ['--seconds', load.seconds]),
    ...(load.stream === undefined ? [] : ['--stream', load.stream.chunks]),
    ...(load.rampMs === undefined ? [] : ['--ramp-ms', load.rampMs]),
  ];
  const output = await bench.run([program, ...words.map(String)], {
    limitMs: (load.limitSeconds + 10) * 1_000,
  });
  return JSON.parse(output) as LoadResult;
}

/** Exchanges that did not come to a good end. */
export function faultsOf({ badStatus, incomplete, badConnection, unfinished }: LoadResult): number {
  return badStatus + incomplete + badConnection + unfinished;
}
