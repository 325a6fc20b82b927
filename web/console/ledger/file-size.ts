const STEPS = [
  { unit: 'GB', size: 1_000_000_000 },
  { unit: 'MB', size: 1_000_000 },
  { unit: 'kB', size: 1_000 },
] as const;

/** `3.4 MB`: one digit behind the point below ten, none above. */
export function fileSize(bytes: number): string {
  const step = STEPS.find(({ size }) => bytes >= size);
  if (step === undefined) return `${bytes} B`;
  const amount = bytes / step.size;
  return `${amount.toFixed(amount < 10 ? 1 : 0)} ${step.unit}`;
}
