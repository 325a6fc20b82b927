import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';
import type { Channel } from '../../../src/http/api/wire/operator-channels.ts';
import type { BackupList, LedgerAudit } from '../../../src/http/api/wire/operator-installation.ts';
import type { Overview } from '../../../src/http/api/wire/operator-overview.ts';
import { channelState, recentCalls } from '../channels/channel-health.ts';

/** Below this share of the disk, or below these bytes, a busy day may fill it. */
const LOW_DISK_SHARE = 0.05;
const LOW_DISK_BYTES = 1_000_000_000;
const BACKUP_AGE_MS = 7 * 86_400_000;

/** What needs the operator, and where it is mended. */
export type Concern =
  | {
      readonly kind: 'channel-failing';
      readonly name: string;
      readonly failed: number;
      readonly answered: number;
    }
  | { readonly kind: 'model-unanswered'; readonly names: readonly string[] }
  | { readonly kind: 'model-unpriced'; readonly names: readonly string[] }
  | { readonly kind: 'books-wrong'; readonly findings: number }
  | { readonly kind: 'audit-failed' }
  | { readonly kind: 'disk-low'; readonly freeBytes: number; readonly share: number }
  | { readonly kind: 'backup-failed' }
  | { readonly kind: 'backup-old'; readonly madeAtMs: number | undefined };

/** What is known so far: the page does not wait for all of it. */
export interface SeenOfInstallation {
  readonly overview: Overview | undefined;
  readonly channels: readonly Channel[] | undefined;
  readonly catalogue: readonly CatalogueModel[] | undefined;
  readonly audit: LedgerAudit | undefined;
  readonly backups: BackupList | undefined;
}

/** The worst first. */
export function concernsOf(seen: SeenOfInstallation, nowMs: number): Concern[] {
  const { overview, channels = [], catalogue = [], audit, backups } = seen;
  const offered = catalogue.filter(({ enabled }) => enabled);
  return [
    ...booksConcerns(audit),
    ...channels.filter((channel) => channelState(channel) === 'failing').map(failing),
    ...named(
      'model-unanswered',
      offered.filter(({ answeredBy }) => answeredBy === null),
    ),
    ...named(
      'model-unpriced',
      offered.filter(({ prices }) => !prices.some(({ validFromMs }) => validFromMs <= nowMs)),
    ),
    ...diskConcerns(overview),
    ...backupConcerns(backups, overview, nowMs),
  ];
}

function booksConcerns(audit: LedgerAudit | undefined): Concern[] {
  if (audit?.state === 'failed') return [{ kind: 'audit-failed' }];
  const findings = audit?.report?.findings.length ?? 0;
  return findings === 0 ? [] : [{ kind: 'books-wrong', findings }];
}

function failing(channel: Channel): Concern {
  return { kind: 'channel-failing', name: channel.name, ...recentCalls(channel) };
}

function named(kind: 'model-unanswered' | 'model-unpriced', models: readonly CatalogueModel[]): Concern[] {
  return models.length === 0 ? [] : [{ kind, names: models.map(({ id }) => id) }];
}

function diskConcerns(overview: Overview | undefined): Concern[] {
  const disk = overview?.disk ?? null;
  if (disk === null) return [];
  const share = disk.freeBytes / Math.max(disk.sizeBytes, 1);
  if (share >= LOW_DISK_SHARE && disk.freeBytes >= LOW_DISK_BYTES) return [];
  return [{ kind: 'disk-low', freeBytes: disk.freeBytes, share }];
}

/** On the first day there is little to lose yet, so nobody is told to back it up. */
function backupConcerns(
  backups: BackupList | undefined,
  overview: Overview | undefined,
  nowMs: number,
): Concern[] {
  if (backups === undefined || backups.unavailable !== null) return [];
  if (backups.state === 'failed') return [{ kind: 'backup-failed' }];
  const isLived = overview?.days.slice(0, -1).some(({ requests }) => requests > 0) ?? false;
  const madeAtMs = backups.rows[0]?.madeAtMs;
  const isFresh = madeAtMs !== undefined && nowMs - madeAtMs < BACKUP_AGE_MS;
  return isFresh || !isLived || backups.state === 'running' ? [] : [{ kind: 'backup-old', madeAtMs }];
}
