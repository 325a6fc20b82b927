import { readdirSync, readFileSync } from 'node:fs';

/** A process and everything it started that is still there, itself first. */
export function processTree(pid: number): number[] {
  const children = tasksOf(pid).flatMap((task) =>
    (readText(`/proc/${pid}/task/${task}/children`) ?? '').split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(processTree)];
}

/** The threads of a process by their numbers; none when it has ended. */
export function tasksOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}

/** A file of `/proc`; undefined when what it tells of has ended. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
