import { runSeed } from './run-seed.ts';

/** What many seeds came to. Plain values: it travels between processes. */
export interface SweepResult {
  readonly seeds: number;
  readonly steps: number;
  /** Of the processor, in milliseconds. */
  readonly cpuMs: number;
  readonly failures: readonly {
    readonly seed: number;
    readonly invariant: string;
    readonly detail: string;
  }[];
  readonly hits: Readonly<Record<string, number>>;
}

export interface SweepOptions {
  readonly first: number;
  readonly count: number;
  /** Every so manieth seed, beginning with the first; two processes take every second. */
  readonly stride: number;
  readonly stopAtFirst: boolean;
}

/** Runs seeds one after the other in this process. */
export async function sweep({ first, count, stride, stopAtFirst }: SweepOptions): Promise<SweepResult> {
  const hits: Record<string, number> = {};
  const failures: { seed: number; invariant: string; detail: string }[] = [];
  let [seeds, steps] = [0, 0];
  for (let seed = first; seed < first + count; seed += stride) {
    const result = await runSeed(seed);
    seeds += 1;
    steps += result.steps;
    for (const [name, times] of result.hits) hits[name] = (hits[name] ?? 0) + times;
    if (result.violation === undefined) continue;
    const { invariant, message } = result.violation;
    failures.push({ seed, invariant, detail: message });
    if (stopAtFirst) break;
  }
  const { user, system } = process.cpuUsage();
  return { seeds, steps, failures, hits, cpuMs: (user + system) / 1_000 };
}

export function joinSweeps(results: readonly SweepResult[]): SweepResult {
  const hits: Record<string, number> = {};
  for (const result of results) {
    for (const [name, times] of Object.entries(result.hits)) hits[name] = (hits[name] ?? 0) + times;
  }
  return {
    seeds: results.reduce((sum, { seeds }) => sum + seeds, 0),
    steps: results.reduce((sum, { steps }) => sum + steps, 0),
    cpuMs: results.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    failures: results.flatMap(({ failures }) => failures).sort((a, b) => a.seed - b.seed),
    hits,
  };
}
