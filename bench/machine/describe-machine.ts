import { cpus, loadavg, release, totalmem } from 'node:os';
import type { Cores } from './cores.ts';

export interface Machine {
  readonly sentence: string;
  readonly loadAverage: string;
  readonly processor: string;
  readonly cores: Cores;
}

/** What the figures were measured on, without anything that names the machine. */
export function describeMachine(cores: Cores): Machine {
  const processor = cpus()[0]?.model ?? 'unknown processor';
  const memoryGb = Math.round(totalmem() / 1e9);
  const where = cores.separate
    ? `the gateway on core ${cores.gateway}, everything else on core ${cores.others}`
    : 'everything on one core, so that only CPU times mean something';
  return {
    sentence: `${cpus().length} cores (${processor}), ${memoryGb} GB, Linux ${release()}; ${where}.`,
    loadAverage: (loadavg()[0] ?? 0).toFixed(1),
    processor,
    cores,
  };
}
