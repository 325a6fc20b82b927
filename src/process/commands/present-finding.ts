import type { AuditFinding } from '../../storage/audit-finding.ts';
import type { JsonObject, JsonValue } from './json-value.ts';
import { presentMoment } from './present-money.ts';

/** A finding of the audit: its kind, where to look, and the figures that its sentence is made of. */
export function presentFinding({ kind, place, facts }: AuditFinding) {
  return {
    kind,
    team_id: place.account ?? null,
    request_id: place.requestId ?? null,
    transaction_id: place.transactionId ?? null,
    day: place.day ?? null,
    key_id: place.keyId ?? null,
    model: place.model ?? null,
    facts: presentFacts(facts),
  } satisfies JsonObject;
}

/** Names as everywhere in JSON; a group of figures gives its name to each of its own. Ticks are decimal text. */
function presentFacts(facts: object, group = ''): JsonObject {
  const entries = Object.entries(facts).flatMap(([name, value]): [string, JsonValue][] => {
    if (typeof value === 'object' && value !== null) return Object.entries(presentFacts(value, `${name}_`));
    const plain = group + name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (plain === 'at_ms') return [['at', presentMoment(Number(value))]];
    if (plain.endsWith('_ms')) return [[plain.replace(/_ms$/, '_at'), presentMoment(Number(value))]];
    return [[plain, typeof value === 'bigint' ? value.toString() : (value ?? null)]];
  });
  return Object.fromEntries(entries);
}
