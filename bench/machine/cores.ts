import { readFileSync } from 'node:fs';

/**
 * Who runs where. The gateway has one core to itself, so that its cost is its own and comparable; mock, load
 * generator and the bench itself share the others.
 */
export interface Cores {
  readonly gateway: string;
  readonly others: string;
  /** False on one core: everything shares it, and only CPU times mean something. */
  readonly separate: boolean;
}

/** Divides the cores that this process may run on, as the system lists them: `0-3,6`. */
export function divideCores(status = readFileSync('/proc/self/status', 'utf8')): Cores {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '0';
  const cores = list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  const gateway = String(cores.at(-1) ?? 0);
  if (cores.length < 2) return { gateway, others: gateway, separate: false };
  return { gateway, others: cores.slice(0, -1).join(','), separate: true };
}
