import { expect, test } from 'bun:test';
import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';
import type { Channel } from '../../../src/http/api/wire/operator-channels.ts';
import type { BackupList, LedgerAudit } from '../../../src/http/api/wire/operator-installation.ts';
import type { Overview } from '../../../src/http/api/wire/operator-overview.ts';
import { concernsOf, type SeenOfInstallation } from './concerns.ts';

const NOW_MS = 1_800_000_000_000;
const DAY_MS = 86_400_000;

/** Of every answer, the members that are looked at. */
function seen(change: {
  readonly hours?: readonly { answered: number; failed: number }[];
  readonly failuresInARow?: number;
  readonly isEnabled?: boolean;
  readonly answeredBy?: string | null;
  readonly validFromMs?: number;
  readonly disk?: Overview['disk'];
  readonly isLived?: boolean;
  readonly backups?: Partial<BackupList>;
  readonly audit?: Partial<LedgerAudit>;
}): SeenOfInstallation {
  const { hours = [{ answered: 5, failed: 0 }], isEnabled = true, isLived = true } = change;
  const { answeredBy = 'vogon', validFromMs = 0 } = change;
  const days = [{ requests: isLived ? 7 : 0 }, { requests: 7 }];
  return {
    overview: { days, disk: change.disk ?? null } as unknown as Overview,
    channels: [
      {
        name: 'vogon',
        enabled: isEnabled,
        troubles: [{ model: 'grok-beta', failuresInARow: change.failuresInARow ?? 0, restsUntilMs: NOW_MS }],
        seen: { hours, answered24h: 5, failed24h: 0 },
      } as unknown as Channel,
    ],
    catalogue: [
      { id: 'grok-beta', enabled: true, answeredBy, prices: [{ validFromMs }] } as unknown as CatalogueModel,
    ],
    audit: { state: 'done', report: null, ...change.audit } as unknown as LedgerAudit,
    backups: {
      ...{ state: 'idle', failure: null, unavailable: null },
      rows: [{ name: 'b', sizeBytes: 1, madeAtMs: NOW_MS - DAY_MS }],
      ...change.backups,
    },
  };
}
const kinds = (change: Parameters<typeof seen>[0]) =>
  concernsOf(seen(change), NOW_MS).map(({ kind }) => kind);

test('an installation in order needs nobody', () => {
  expect(kinds({})).toEqual([]);
});

test('a channel needs somebody when most of its last two hours failed, and not while it is off', () => {
  const hours = [
    { answered: 90, failed: 0 },
    { answered: 1, failed: 2 },
    { answered: 1, failed: 0 },
  ];
  expect(concernsOf(seen({ hours }), NOW_MS)).toEqual([
    { kind: 'channel-failing', name: 'vogon', failed: 2, answered: 2 },
  ]);
  expect(kinds({ hours, isEnabled: false })).toEqual([]);
});

test('a channel that others stand in for needs somebody when it failed three times in a row', () => {
  const hours = [{ answered: 90, failed: 0 }];
  expect(kinds({ hours, failuresInARow: 2 })).toEqual([]);
  expect(concernsOf(seen({ hours, failuresInARow: 3 }), NOW_MS)).toEqual([
    { kind: 'channel-failing', name: 'vogon', failed: 3, answered: 90 },
  ]);
});

test('a model that nothing answers, or that has a price only later, is named', () => {
  expect(kinds({ answeredBy: null })).toEqual(['model-unanswered']);
  expect(kinds({ validFromMs: NOW_MS + 1 })).toEqual(['model-unpriced']);
});

test('a disk is low by its share or by what is left, whichever comes first', () => {
  expect(kinds({ disk: { freeBytes: 40e9, sizeBytes: 1_000e9 } })).toEqual(['disk-low']);
  expect(kinds({ disk: { freeBytes: 0.9e9, sizeBytes: 10e9 } })).toEqual(['disk-low']);
  expect(kinds({ disk: { freeBytes: 60e9, sizeBytes: 1_000e9 } })).toEqual([]);
});

test('an old backup is said where there is something to lose and backups are made here', () => {
  const rows = [{ name: 'b', sizeBytes: 1, madeAtMs: NOW_MS - 8 * DAY_MS }];
  expect(kinds({ backups: { rows } })).toEqual(['backup-old']);
  expect(kinds({ backups: { rows: [] } })).toEqual(['backup-old']);
  expect(kinds({ backups: { rows: [] }, isLived: false })).toEqual([]);
  expect(kinds({ backups: { rows, unavailable: 'PostgreSQL has its own.' } })).toEqual([]);
  expect(kinds({ backups: { rows, state: 'failed' } })).toEqual(['backup-failed']);
});

test('the books come first', () => {
  const report = { findings: [{ code: 'x', sentence: 'y' }] } as unknown as LedgerAudit['report'];
  expect(kinds({ audit: { report }, answeredBy: null })).toEqual(['books-wrong', 'model-unanswered']);
});
