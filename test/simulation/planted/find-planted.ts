import { fileURLToPath } from 'node:url';
import type { SweepResult } from '../sweep.ts';

const COMMAND = fileURLToPath(new URL('../command.ts', import.meta.url));
const PRELOAD = fileURLToPath(new URL('preload.ts', import.meta.url));

/** Sweeps in a process that has the bug, until a seed fails. Answers how many failed: one, or none. */
export async function findPlanted(name: string, seeds: number): Promise<number> {
  const options = ['--seeds', String(seeds), '--part', '0', '--of', '1', '--stop-at-first'];
  const child = Bun.spawn([process.execPath, '--preload', PRELOAD, COMMAND, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SIMULATE_PLANTED: name },
  });
  try {
    const [said, complaint] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ]);
    if ((await child.exited) !== 0)
      throw new Error(`the process with the bug "${name}" failed: ${complaint}`);
    return (JSON.parse(said) as SweepResult).failures.length;
  } finally {
    child.kill();
  }
}
