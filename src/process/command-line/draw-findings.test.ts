import { expect, test } from 'bun:test';
import type { AuditFinding, AuditPlace } from '../../storage/audit-finding.ts';
import { presentFinding } from '../commands/present-finding.ts';
import { drawFindings } from './draw-findings.ts';
import { timeFormat } from './format-time.ts';
import { english } from './words-en.ts';
import { chinese } from './words-zh.ts';

const place: AuditPlace = { account: 'team-1', requestId: 'request-1', day: '2026-11-22' };
const sums = { availableTicks: 1n, heldTicks: 2n, foldedAvailableTicks: 3n, foldedHeldTicks: 4n };
const tokens = { inputTokens: 11, cachedInputTokens: 12, outputTokens: 13, reasoningTokens: 14 };
const usage = { ...tokens, imageInputTokens: 0, audioInputTokens: 0 };

/** One of each kind. */
const FINDINGS: readonly AuditFinding[] = [
  { kind: 'transaction-not-zero', place, facts: { sumTicks: 1n } },
  { kind: 'balance-differs', place, facts: sums },
  { kind: 'negative-balance', place, facts: sums },
  { kind: 'hold-without-end', place, facts: { state: 'posted' } },
  { kind: 'hold-ended-twice', place, facts: { ends: 2 } },
  { kind: 'hold-missing', place, facts: {} },
  {
    kind: 'hold-differs',
    place,
    facts: {
      state: 'posted',
      heldTicks: 1n,
      chargedTicks: 2n,
      releasedTicks: 3n,
      bookedHeldTicks: 4n,
      bookedChargedTicks: 5n,
      bookedReleasedTicks: 6n,
    },
  },
  { kind: 'charge-without-request', place, facts: { chargedTicks: 2n, costTicks: 1n } },
  { kind: 'request-without-charge', place, facts: { chargedTicks: 1n, costTicks: 2n } },
  { kind: 'request-misfiled', place, facts: { heldBy: 'team-2' } },
  { kind: 'cost-differs-from-price', place, facts: { costTicks: 1n, pricedTicks: 2n } },
  { kind: 'price-not-in-force', place, facts: { pricedFromMs: 1_000, atMs: 2_000 } },
  { kind: 'usage-differs-from-report', place, facts: { usage, reported: tokens, estimated: false } },
  { kind: 'usage-without-report', place, facts: { usage } },
  { kind: 'rollup-differs', place, facts: {} },
];

for (const [language, words] of [
  ['English', english],
  ['Chinese', chinese],
] as const) {
  test(`in ${language} every finding has its sentence, its figures, where it is and what to do`, () => {
    const format = { words, times: timeFormat('UTC', 0) };
    expect(FINDINGS.map(({ kind }) => kind).sort()).toEqual(
      Object.keys(words.findings).sort() as AuditFinding['kind'][],
    );
    for (const finding of FINDINGS) {
      const drawn = drawFindings([presentFinding(finding)], format);
      // A figure that is not there would be drawn as a dash.
      expect(drawn).not.toMatch(/–|undefined|NaN/);
      expect(drawn).toMatch(/^1\. .*\n {3}.*team-1.*request-1.*2026-11-22\n {3}→ .+\n$/);
    }
  });
}

test('a finding of a newer server is shown by its kind', () => {
  const format = { words: english, times: timeFormat('UTC', 0) };
  expect(drawFindings([{ kind: 'new-kind', team_id: 'team-1' }], format)).toBe(
    '1. new-kind\n   team team-1\n',
  );
});
