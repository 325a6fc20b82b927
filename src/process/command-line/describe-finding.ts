import type { Language } from '../../language/choose-language.ts';
import type { AuditFinding } from '../../storage/audit-finding.ts';
import { presentFinding } from '../commands/present-finding.ts';
import { timeFormat } from './format-time.ts';
import { formatValue } from './format-value.ts';
import { wordsIn } from './words.ts';

/** A finding of the audit in one sentence, where no terminal's zone is known: moments are in UTC. */
export function describeFinding(finding: AuditFinding, language: Language): string {
  const { facts } = presentFinding(finding);
  const words = wordsIn(language);
  const times = timeFormat('UTC', 0);
  const sentence = words.findings[finding.kind];
  return sentence((name) => formatValue({ words, times }, name, facts[name])).text;
}
