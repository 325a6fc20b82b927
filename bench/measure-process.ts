import type { Candidate, RunningGateway, UpstreamPlace } from './candidates/candidate.ts';
import type { Programs } from './load/build-programs.ts';
import { type Load, type LoadResult, runLoad } from './load/run-load.ts';
import { coreBusyNs } from './machine/core-use.ts';
import { cpuBetween, readCpu } from './machine/process-cpu.ts';
import { forgetPeak, peakMb, residentMb } from './machine/process-memory.ts';
import type { Workbench } from './machine/workbench.ts';
import type { Plan } from './plan.ts';

/** One load on one process: what the load generator saw, and what the gateway used for it. */
export interface Measured {
  readonly load: LoadResult;
  /** Microseconds of processor time for each good answer, or each chunk of a stream; null for no gateway. */
  readonly cpuUs: number | null;
  /** The same, thread by thread. */
  readonly cpuUsByThread: Readonly<Record<string, number>>;
  /** The part of the time in which somebody else was at work on the gateway's core, 0 to 1: the noise. */
  readonly disturbance: number;
}

/** Everything that is measured on one fresh process. What was not measured, because it does not work, is missing. */
export interface ProcessRun {
  readonly whole256B: Measured;
  readonly whole10kB?: Measured;
  readonly whole100kB?: Measured;
  readonly oneConnection: Measured;
  readonly manyConnections?: Measured;
  readonly firstChunk?: Measured;
  readonly paced?: Measured;
  readonly crowd?: Measured;
  /** MB: after the start, and the peak with the crowd of streams. */
  readonly startMb?: number;
  readonly crowdPeakMb?: number;
  /** Why there are no streams. */
  readonly streamFault?: string;
}

/** A process that uses less than a tenth of the time has done what a load left behind, such as log lines. */
const QUIET_STEP_MS = 150;
const QUIET_NS = 15_000_000;
const QUIET_STEPS_AT_MOST = 40;

/** Puts one fresh process through the plan's loads. */
export class ProcessMeter {
  readonly #bench: Workbench;
  readonly #programs: Programs;
  readonly #plan: Plan;

  constructor(bench: Workbench, programs: Programs, plan: Plan) {
    this.#bench = bench;
    this.#programs = programs;
    this.#plan = plan;
  }

  async run(
    candidate: Candidate,
    upstream: UpstreamPlace,
  ): Promise<ProcessRun & { gateway: RunningGateway }> {
    const gateway = await candidate.start(this.#bench, upstream);
    const { pid } = gateway;
    const startMb = pid === undefined ? {} : { startMb: residentMb(pid) };
    const plan = this.#plan;
    const tls = upstream.caFile !== undefined;

    await this.measure(gateway, plan.warmUp);
    const probe = await this.measure(gateway, plan.warmUpStreams);
    const streamFault = probe.load.good === 0 ? { streamFault: probe.load.firstFault } : {};

    const whole256B = await this.measure(gateway, plan.whole(256));
    const oneConnection = await this.measure(gateway, plan.oneConnection);
    const paced = 'streamFault' in streamFault ? {} : { paced: await this.measure(gateway, plan.paced) };
    if (tls) return { gateway, whole256B, oneConnection, ...paced, ...streamFault };
    return {
      gateway,
      whole256B,
      oneConnection,
      whole10kB: await this.measure(gateway, plan.whole(10_000)),
      whole100kB: await this.measure(gateway, plan.whole(100_000)),
      manyConnections: await this.measure(gateway, plan.manyConnections),
      ...paced,
      ...startMb,
      ...('streamFault' in streamFault ? streamFault : await this.#measureCrowd(gateway)),
    };
  }

  /** One load, with what the gateway used for it. Throws when the gateway is gone afterwards. */
  async measure(gateway: RunningGateway, load: Load): Promise<Measured> {
    const { pid, target, service } = gateway;
    const core = this.#bench.cores.gateway;
    const before = { busyNs: coreBusyNs(core), cpu: readCpu(pid), atMs: performance.now() };
    const result = await runLoad(this.#bench, this.#programs.load, target, load);
    await untilQuiet(pid);
    const ending = service?.ending();
    if (ending !== undefined) {
      throw new Error(
        `it ended (${ending}) under ${JSON.stringify(load)}: ${service?.output().slice(-2_000)}`,
      );
    }
    const used = cpuBetween(before.cpu, readCpu(pid));
    const passedNs = (performance.now() - before.atMs) * 1e6;
    const units = load.stream === undefined ? result.good : result.chunks;
    const perUnit = (usedNs: number) => usedNs / 1_000 / units;
    return {
      load: result,
      cpuUs: pid === undefined || units === 0 ? null : perUnit(used.totalNs),
      cpuUsByThread:
        units === 0
          ? {}
          : Object.fromEntries(
              Object.entries(used.byThread).map(([name, usedNs]) => [name, perUnit(usedNs)]),
            ),
      disturbance: Math.max(0, coreBusyNs(core) - before.busyNs - used.totalNs) / passedNs,
    };
  }

  async #measureCrowd(gateway: RunningGateway): Promise<Partial<ProcessRun>> {
    const firstChunk = await this.measure(gateway, this.#plan.firstChunk);
    if (gateway.pid !== undefined) forgetPeak(gateway.pid);
    const crowd = await this.measure(gateway, this.#plan.crowd);
    return { firstChunk, crowd, ...(gateway.pid === undefined ? {} : { crowdPeakMb: peakMb(gateway.pid) }) };
  }
}

/** What a load costs after its last answer belongs to it, and must not be counted to the next. */
async function untilQuiet(pid: number | undefined): Promise<void> {
  for (let step = 0; step < QUIET_STEPS_AT_MOST; step += 1) {
    const before = readCpu(pid);
    await Bun.sleep(QUIET_STEP_MS);
    if (cpuBetween(before, readCpu(pid)).totalNs < QUIET_NS) return;
  }
}
