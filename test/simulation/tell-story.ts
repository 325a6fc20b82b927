import type { SeedResult } from './run-seed.ts';

/** A failing seed in words: which promise broke, in what world, and the last steps before it. */
export function tellStory({ seed, violation, plan, story, steps }: SeedResult): string {
  if (violation === undefined) return `seed ${seed} holds every invariant in ${steps} steps.`;
  const rows = story.map(({ atMs, owner, request, what, result }) => [
    Math.round(atMs).toLocaleString('en-US'),
    owner,
    request,
    what,
    result,
  ]);
  const head = ['virtual ms', 'replica', 'request', 'step', 'result'];
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [
    `seed ${seed} breaks: ${violation.message}`,
    `${plan.replicas} replicas, ${plan.clients.length} clients, ${plan.events.length} events; faults: ${[...plan.faults].join(', ') || 'none'}`,
    '',
    line(head),
    ...rows.map(line),
  ].join('\n');
}
