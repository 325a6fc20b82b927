const LINES = 4;
const STEPS = [1, 2, 2.5, 5, 10];

/** Where the lines of a chart from zero lie: four even steps of a round size, the last at or above the largest. */
export function barScale(largest: bigint): { readonly top: number; readonly lines: readonly number[] } {
  const needed = Math.max(Number(largest) / LINES, 1);
  const size = 10 ** Math.floor(Math.log10(needed));
  const step = STEPS.map((factor) => factor * size).find(
    (candidate) => candidate >= needed && Number.isInteger(candidate),
  );
  const lines = Array.from({ length: LINES + 1 }, (_, line) => line * (step ?? size * 10));
  return { top: LINES * (step ?? size * 10), lines };
}
