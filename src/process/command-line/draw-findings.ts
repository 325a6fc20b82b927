import { isJsonObject, type JsonObject } from '../commands/json-value.ts';
import { printable } from '../terminal-look.ts';
import { formatValue, type ValueFormat } from './format-value.ts';

type Sentence = (fact: (name: string) => string) => { readonly text: string; readonly remedy: string };

/** What an audit found: each finding a sentence, with where to look and what to do below it. */
export function drawFindings(findings: readonly JsonObject[], format: ValueFormat): string {
  return findings.map((finding, index) => drawFinding(finding, `${index + 1}. `, format)).join('\n');
}

function drawFinding(finding: JsonObject, number: string, format: ValueFormat): string {
  const kind = String(finding.kind);
  const sentences: Readonly<Record<string, Sentence>> = format.words.findings;
  // A finding that this program does not know (a newer server's) is shown by its kind.
  const sentence = Object.hasOwn(sentences, kind) ? sentences[kind] : undefined;
  const facts = isJsonObject(finding.facts) ? finding.facts : {};
  const said = sentence?.((name) => formatValue(format, name, facts[name]));
  const margin = ' '.repeat(number.length);
  const lines = [`${number}${printable(said?.text ?? kind)}`];
  const places = Object.entries(format.words.places).flatMap(([name, label]) => {
    const value = finding[name];
    return typeof value === 'string' && value !== '' ? [`${label} ${printable(value)}`] : [];
  });
  if (places.length > 0) lines.push(`${margin}${places.join(' · ')}`);
  if (said !== undefined) lines.push(`${margin}→ ${printable(said.remedy)}`);
  return `${lines.join('\n')}\n`;
}
