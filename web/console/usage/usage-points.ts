import type { Usage, UsageGroup } from '../../../src/http/api/wire/usage.ts';
import type { BarPoint } from '../../design/bar-chart.tsx';
import type { Language } from '../../shell/language.ts';
import { hourText, longDay, momentText, shortDay } from '../../shell/moments.ts';
import { amountOf, stepsOf, type UsageMeasure } from './usage-view.ts';

/** The bars of an answer. */
export function usagePoints(usage: Usage, measure: UsageMeasure, language: Language): BarPoint[] {
  const values = new Map<number, Map<string, bigint>>();
  for (const point of usage.points) {
    const step = values.get(point.atMs) ?? new Map<string, bigint>();
    values.set(point.atMs, step.set(point.groupId, amountOf(point, measure)));
  }
  const steps = stepsOf(usage);
  return steps.map((atMs, index) => {
    const day = new Date(atMs).toISOString().slice(0, 10);
    return {
      id: String(atMs),
      label: usage.step === 'day' ? shortDay(day, language) : hourText(atMs, language),
      title: usage.step === 'day' ? longDay(day, language) : momentText(atMs, language),
      isNow: index === steps.length - 1,
      values: values.get(atMs) ?? new Map(),
    };
  });
}

/** The largest first, by what is looked at. */
export function largestFirst(groups: readonly UsageGroup[], measure: UsageMeasure): UsageGroup[] {
  return groups.toSorted((a, b) => {
    const difference = amountOf(b, measure) - amountOf(a, measure);
    return difference > 0n ? 1 : difference < 0n ? -1 : 0;
  });
}
