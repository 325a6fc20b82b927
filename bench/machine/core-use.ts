import { readText } from './process-tree.ts';

/** The clock tick of `/proc/stat`. */
const TICK_NS = 10_000_000;

/** For how long a core has been at work so far, whoever it was for; what a hypervisor took counts too. */
export function coreBusyNs(core: string): number {
  const line = new RegExp(`^cpu${core} (.*)$`, 'm').exec(readText('/proc/stat') ?? '')?.[1] ?? '';
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(' ').map(Number);
  return (user + nice + system + irq + softirq + steal) * TICK_NS;
}
