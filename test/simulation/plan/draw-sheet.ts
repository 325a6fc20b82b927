import type { SeededRandom } from '../seeded-random.ts';
import type { SheetPlan } from './plan.ts';

/** From nothing to the most that a catalogue takes: $100 a token. */
export function drawSheet(random: SeededRandom): SheetPlan {
  return random.pick<SheetPlan>([
    { input: 50_000n, cached: 50_000n, output: 150_000n },
    { input: 50_000n, cached: 12_500n, output: 150_000n },
    { input: 20_003n, cached: 7n, output: 99_991n },
    { input: 3n, cached: 0n, output: 7n },
    { input: 0n, cached: 0n, output: 0n },
    { input: 0n, cached: 0n, output: 11n },
    { input: 1_000_003n, cached: 1_000_003n, output: 3_000_017n },
    { input: 90_000_000_001n, cached: 1n, output: 300_000_000_007n },
    { input: 0n, cached: 0n, output: 1_000_000_000_000n },
    { input: 1_000_000_000_000n, cached: 1_000_000_000_000n, output: 1_000_000_000_000n },
  ]);
}
