import type { AuditFinding } from '../../../src/storage/audit-finding.ts';

/** A finding of the product's own audit, for whoever reads the story of a seed. */
export function describeFinding({ kind, place, facts }: AuditFinding): string {
  const text = (value: unknown) =>
    JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each));
  return `${kind} at ${text(place)}: ${text(facts)}`;
}
