import { type CheckResult, found } from './check-result.ts';

/** Older ones buffer a slow reader's whole answer, among other things. */
const NEEDED_BUN = '1.4.5';

/** Bun sends no more requests at once than this says, 256 unless it is set, and lets the rest wait in silence. */
const CONNECTIONS_VARIABLE = 'BUN_CONFIG_MAX_HTTP_REQUESTS';
const DEFAULT_CONNECTIONS = 256;
const NEEDED_CONNECTIONS = 2_000;

export function checkRuntime(
  variables: Readonly<Record<string, string | undefined>>,
  version: string = Bun.version,
): CheckResult[] {
  const most = Number(variables[CONNECTIONS_VARIABLE] ?? DEFAULT_CONNECTIONS) || DEFAULT_CONNECTIONS;
  return [
    isAtLeast(version, NEEDED_BUN)
      ? found('ok', 'bun-ok', { version })
      : found('problem', 'bun-old', { version, needed: NEEDED_BUN }),
    most >= NEEDED_CONNECTIONS
      ? found('ok', 'connections-ok', { most })
      : found('warning', 'connections-few', { most, needed: NEEDED_CONNECTIONS }),
  ];
}

function isAtLeast(version: string, needed: string): boolean {
  const [have, want] = [version, needed].map((text) =>
    text.split('.').map((part) => Number.parseInt(part, 10)),
  );
  for (const [index, part] of (want ?? []).entries()) {
    const difference = (have?.[index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
