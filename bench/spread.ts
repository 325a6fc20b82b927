/** One figure from several fresh processes. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly count: number;
}

/** The median and the range; undefined when nobody has the figure. */
export function spreadOf(values: readonly (number | null | undefined)[]): Spread | undefined {
  const sorted = values.filter((value) => value !== null && value !== undefined).sort((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return {
    median: middle.reduce((sum, value) => sum + value, 0) / middle.length,
    least,
    most,
    count: sorted.length,
  };
}

/** `212 (198–240)`: the median and, of several, the range. */
export function spreadText(spread: Spread | undefined): string {
  if (spread === undefined) return '–';
  const { median, least, most, count } = spread;
  return count === 1 ? figure(median) : `${figure(median)} (${figure(least)}–${figure(most)})`;
}

/** Three digits are more than these measurements are good for. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= 10_000) return Math.round(value).toLocaleString('en-US');
  return size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(0) : value.toFixed(1);
}
