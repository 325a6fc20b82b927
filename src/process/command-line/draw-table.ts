import { columns, padColumns } from '../terminal-look.ts';

export interface Column {
  readonly head: string;
  /** Figures stand against the right edge. */
  readonly figures: boolean;
}

const GAP = '  ';

/**
 * Rows under their heads. What does not fit the screen is drawn row by row instead, one field a line: nothing is ever
 * cut off, since a cut id or amount is worse than a long page.
 */
export function drawTable(
  heads: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const widths = heads.map(({ head }, index) =>
    Math.max(columns(head), ...rows.map((row) => columns(row[index] ?? ''))),
  );
  const total = widths.reduce((sum, each) => sum + each, GAP.length * (widths.length - 1));
  if (total > width) {
    return rows.map((row) => drawFacts(heads.map(({ head }, index) => [head, row[index] ?? '']))).join('\n');
  }
  const line = (cells: readonly string[]) =>
    heads
      .map(({ figures }, index) => align(cells[index] ?? '', widths[index] ?? 0, figures))
      .join(GAP)
      .trimEnd();
  return `${[line(heads.map(({ head }) => head)), ...rows.map(line)].join('\n')}\n`;
}

/** Names and values under each other. */
export function drawFacts(facts: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(0, ...facts.map(([name]) => columns(name)));
  return facts.map(([name, value]) => `${padColumns(name, width)}${GAP}${value}\n`).join('');
}

function align(text: string, width: number, right: boolean): string {
  return right ? ' '.repeat(Math.max(0, width - columns(text))) + text : padColumns(text, width);
}
