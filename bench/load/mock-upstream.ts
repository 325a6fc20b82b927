import { join } from 'node:path';
import type { Service, Workbench } from '../machine/workbench.ts';

/** What the mock has served since its start. */
export interface Served {
  readonly connections: number;
  readonly requests: number;
  readonly streams: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Answers that somebody did not wait for. */
  readonly hangUps: number;
}

export interface MockUpstream {
  readonly port: number;
  served(): Promise<Served>;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 5_000;

export async function startMock(bench: Workbench, program: string): Promise<MockUpstream> {
  const outputFile = join(bench.makeFolder('mock'), 'output');
  const service = bench.start([program, '0'], { core: 'others', outputFile });
  const port = await readPort(service);
  return {
    port,
    served: async () => (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as Served,
    stop: service.stop,
  };
}

async function readPort(service: Service): Promise<number> {
  const deadline = performance.now() + START_LIMIT_MS;
  for (;;) {
    const port = /^(\d+)\n/.exec(service.output())?.[1];
    if (port !== undefined) return Number(port);
    if (performance.now() > deadline) throw new Error(`the mock did not start: ${service.output()}`);
    await Bun.sleep(5);
  }
}
