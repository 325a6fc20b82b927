import { writeFileSync } from 'node:fs';
import { processTree, readText } from './process-tree.ts';

/** Resident memory of a process and its children, in MB; pages that two of them share are counted twice. */
export function residentMb(pid: number): number {
  return sumOf(pid, 'VmRSS');
}

/** The highest it has been since `forgetPeak`. */
export function peakMb(pid: number): number {
  return sumOf(pid, 'VmHWM');
}

/** Lets the system note peaks anew from here on. */
export function forgetPeak(pid: number): void {
  for (const member of processTree(pid)) {
    try {
      writeFileSync(`/proc/${member}/clear_refs`, '5');
    } catch {
      // Another user's process, or one that ended: its peak stays the one since its start.
    }
  }
}

function sumOf(pid: number, field: string): number {
  const kilobytes = processTree(pid).map((member) => {
    const status = readText(`/proc/${member}/status`) ?? '';
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  });
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}
