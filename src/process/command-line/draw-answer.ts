import type { CommandName } from '../commands/all-commands.ts';
import type { Command, Section } from '../commands/command.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../commands/json-value.ts';
import { drawChecks } from './draw-checks.ts';
import { drawFindings } from './draw-findings.ts';
import { drawFacts, drawTable } from './draw-table.ts';
import { formatValue, isFigure, isTime, type ValueFormat } from './format-value.ts';

/** What a command answered, laid out for a person. */
export function drawAnswer(
  command: Command<CommandName>,
  value: JsonObject,
  format: ValueFormat,
  width: number,
): string {
  const parts = command.view
    .map((section) => drawSection(section, value, format, width))
    .filter((part) => part !== '');
  const closing = closingLines(command, value, format);
  if (closing.length > 0) parts.push(`${closing.join('\n')}\n`);
  return parts.join('\n');
}

function drawSection(section: Section, value: JsonObject, format: ValueFormat, width: number): string {
  switch (section.shape) {
    case 'facts':
      return drawFacts(
        section.fields.map((field) => [label(format, field), formatValue(format, field, value[field])]),
      );
    case 'table': {
      const rows = rowsOf(value[section.rows]);
      if (rows.length === 0) return '';
      const heads = section.columns.map((name) => ({ head: label(format, name), figures: isFigure(name) }));
      const cells = rows.map((row) => section.columns.map((name) => formatValue(format, name, row[name])));
      return drawTable(heads, cells, width);
    }
    case 'checks':
      return drawChecks(rowsOf(value.checks), format.words);
    case 'findings':
      return drawFindings(rowsOf(value.findings), format);
  }
}

function closingLines(command: Command<CommandName>, value: JsonObject, format: ValueFormat): string[] {
  const { words, times } = format;
  const lines: string[] = [];
  const [only, ...others] = command.view;
  if (only?.shape === 'table' && others.length === 0 && rowsOf(value[only.rows]).length === 0) {
    lines.push(words.nothing);
  }
  if (command.view.some((section) => showsTime(section, value))) lines.push(words.times(times.zone));
  if (typeof value.next_cursor === 'string') lines.push(words.nextPage(value.next_cursor));
  const phrases: Readonly<Partial<Record<CommandName, (fact: (name: string) => string) => string>>> =
    words.done;
  const phrase = phrases[command.name];
  if (phrase !== undefined) lines.push(phrase((name) => formatValue(format, name, value[name])));
  return lines;
}

function showsTime(section: Section, value: JsonObject): boolean {
  if (section.shape === 'facts')
    return section.fields.some((field) => isTime(field) && typeof value[field] === 'string');
  return section.shape === 'table' && section.columns.some(isTime) && rowsOf(value[section.rows]).length > 0;
}

function rowsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function label({ words }: ValueFormat, name: string): string {
  const labels: Readonly<Record<string, string>> = words.labels;
  return labels[name] ?? name;
}
