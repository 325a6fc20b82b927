import type { Language } from '../../language/choose-language.ts';
import { isJsonObject, type JsonObject } from '../commands/json-value.ts';
import type { CheckResult } from '../doctor/check-result.ts';
import { columns, padColumns, printable } from '../terminal-look.ts';
import { type Words, wordsIn } from './words.ts';

type Sentence = (facts: JsonObject) => { readonly text: string; readonly remedy?: string };

/** The doctor's findings, each a sentence with its remedy below it, and what they come to. */
export function drawChecks(checks: readonly JsonObject[], words: Words): string {
  const states: Readonly<Record<string, string>> = words.checkStates;
  const width = Math.max(...Object.values(states).map(columns));
  const lines = checks.flatMap((check) => {
    const { text, remedy } = describeCheck(check, words);
    const state = padColumns(states[String(check.state)] ?? String(check.state), width);
    const first = `${state}  ${printable(text)}`;
    return remedy === undefined || check.state === 'ok'
      ? [first]
      : [first, `${' '.repeat(width)}  → ${printable(remedy)}`];
  });
  const healthy = checks.every((check) => check.state !== 'problem');
  return `${[...lines, '', healthy ? words.checksHealthy : words.checksUnhealthy].join('\n')}\n`;
}

/** A finding of the doctor in the reader's language; a remedy only where something is to be done. */
export function describeCheckIn(check: CheckResult, language: Language): ReturnType<Sentence> {
  const { text, remedy } = describeCheck({ ...check }, wordsIn(language));
  return remedy === undefined || check.state === 'ok' ? { text } : { text, remedy };
}

/** A finding in words. One that this program does not know (a newer server's) is shown by its code. */
function describeCheck(check: JsonObject, words: Words): ReturnType<Sentence> {
  const sentences: Readonly<Record<string, unknown>> = words.checks;
  const code = String(check.code);
  const sentence = Object.hasOwn(sentences, code) ? (sentences[code] as Sentence) : undefined;
  const facts = check.facts ?? {};
  return sentence !== undefined && isJsonObject(facts) ? sentence(facts) : { text: code };
}
