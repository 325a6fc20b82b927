import type { CheckResult } from '../doctor/check-result.ts';
import type { JsonObject } from './json-value.ts';

/** What the doctor found, and whether anything of it keeps the installation from working. */
export function presentDiagnosis(checks: readonly CheckResult[]) {
  return {
    healthy: checks.every(({ state }) => state !== 'problem'),
    checks: checks.map(({ state, code, facts }) => ({ state, code, facts })),
  } satisfies JsonObject;
}
