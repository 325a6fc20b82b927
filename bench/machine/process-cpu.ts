import { processTree, readText, tasksOf } from './process-tree.ts';

/** What a process and its children have used of the processor so far, by the system's own accounting. */
export interface CpuReading {
  /** Nanoseconds of each thread, by process and thread number. */
  readonly threads: ReadonlyMap<string, { readonly name: string; readonly usedNs: number }>;
  /** The processes' own totals: coarse, but with threads that have ended. */
  readonly processesNs: number;
}

export interface CpuUse {
  readonly totalNs: number;
  /** By thread name; the thread that a process begins with is called `main`. */
  readonly byThread: Readonly<Record<string, number>>;
}

/** The clock tick of `/proc/PID/stat`, the same on every Linux that people run. */
const TICK_NS = 10_000_000;

/** Of no process: nothing. */
export function readCpu(pid: number | undefined): CpuReading {
  const threads = new Map<string, { name: string; usedNs: number }>();
  let processesNs = 0;
  for (const member of pid === undefined ? [] : processTree(pid)) {
    const stat = readText(`/proc/${member}/stat`) ?? '';
    // The fields after the command's name in brackets; user and system time are the 14th and 15th of all.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    processesNs += (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_NS;
    for (const task of tasksOf(member)) {
      const usedNs = Number(readText(`/proc/${member}/task/${task}/schedstat`)?.split(' ')[0] ?? 0);
      const name = task === member ? 'main' : (readText(`/proc/${member}/task/${task}/comm`) ?? '?').trim();
      threads.set(`${member}/${task}`, { name, usedNs });
    }
  }
  return { threads, processesNs };
}

/** What was used between two readings. */
export function cpuBetween(before: CpuReading, after: CpuReading): CpuUse {
  const byThread: Record<string, number> = {};
  let totalNs = 0;
  for (const [id, { name, usedNs }] of after.threads) {
    const used = usedNs - (before.threads.get(id)?.usedNs ?? 0);
    byThread[name] = (byThread[name] ?? 0) + used;
    totalNs += used;
  }
  const someEnded = [...before.threads.keys()].some((id) => !after.threads.has(id));
  if (!someEnded) return { totalNs, byThread };
  // A thread's nanoseconds end with it; the process's ticks keep them.
  return { totalNs: Math.max(totalNs, after.processesNs - before.processesNs), byThread };
}
