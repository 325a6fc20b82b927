import type { SingleTask } from '../../../../console/single-task.ts';
import { isRefusal, type Refusal } from '../../../../domain/refusal.ts';
import type { Language } from '../../../../language/choose-language.ts';
import type { AuditFinding } from '../../../../storage/audit-finding.ts';
import type { AuditReport } from '../../../../storage/ledger-store.ts';
import { type ApiCall, type ApiRoute, route } from '../../api-route.ts';
import { operator } from '../../guards.ts';
import { problem } from '../../problem.ts';
import { refusalSentence } from '../../problem-sentences.ts';
import { BackupList, Diagnosis, LedgerAudit } from '../../wire/operator-installation.ts';

/** A backup that lies in the data folder. */
export interface StoredBackup {
  readonly name: string;
  readonly sizeBytes: number;
  readonly madeAtMs: number;
}

export interface UpkeepPorts {
  readonly audits: SingleTask<AuditReport>;
  readonly backups: {
    /** Ends with a refusal where backups are made in another way, or could not be written. */
    readonly task: SingleTask<StoredBackup | Refusal>;
    /** Why none are made here. */
    readonly unavailable: Refusal | undefined;
    list(): Promise<readonly StoredBackup[]>;
    /** The file of a backup in the list; undefined for any other name. */
    open(
      name: string,
    ): Promise<{ readonly body: ReadableStream<Uint8Array>; readonly sizeBytes: number } | undefined>;
  };
  /** What a finding says, in a sentence. */
  describeFinding(finding: AuditFinding, language: Language): string;
  /** What keeps the installation from working, as the command `doctor` looks for it. */
  diagnose(language: Language): Promise<Diagnosis['checks']>;
  readonly clock: { nowMs(): number };
}

/** A backup holds every secret there is: whoever takes it away has signed in of late. */
const FRESH_SIGN_IN_MS = 3_600_000;

/**
 * `/operator/ledger`, `/operator/doctor` and `/operator/backups`: the books and the installation looked over, and copies
 * of everything.
 */
export function upkeepRoutes(ports: UpkeepPorts): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/operator/ledger/audit',
      summary: 'How the last audit of the books stands, and what it found.',
      guards: [operator],
      output: LedgerAudit,
      handle: (call) => presentAudit(ports, call),
    }),
    route({
      method: 'POST',
      path: '/operator/ledger/audit',
      summary: 'Starts an audit of the books. It runs beside the serving.',
      guards: [operator],
      action: 'ledger.audit',
      output: LedgerAudit,
      handle: (call) => (ports.audits.start() ? presentAudit(ports, call) : problem('too-many')),
    }),
    route({
      method: 'GET',
      path: '/operator/doctor',
      summary: 'Looks for everything that can keep the installation from working.',
      guards: [operator],
      output: Diagnosis,
      async handle({ language }) {
        const checks = await ports.diagnose(language);
        return { isHealthy: checks.every(({ state }) => state !== 'problem'), checks };
      },
    }),
    route({
      method: 'GET',
      path: '/operator/backups',
      summary: 'Backups in the data folder, youngest first, and how one that is being made stands.',
      guards: [operator],
      output: BackupList,
      handle: (call) => presentBackups(ports, call),
    }),
    route({
      method: 'POST',
      path: '/operator/backups',
      summary: 'Starts a backup into the data folder.',
      guards: [operator],
      action: 'backup.start',
      output: BackupList,
      handle(call) {
        if (ports.backups.unavailable !== undefined) return ports.backups.unavailable;
        return ports.backups.task.start() ? presentBackups(ports, call) : problem('too-many');
      },
    }),
    route({
      method: 'GET',
      path: '/operator/backups/:backupName/file',
      summary: 'Downloads a backup, with every secret in it: for the owner, after a fresh sign-in.',
      guards: [operator],
      output: 'application/octet-stream',
      async handle(call) {
        const { signedIn, parameters } = call;
        if (signedIn.role !== 'owner') return problem('not-allowed');
        if (ports.clock.nowMs() - signedIn.signedInAtMs > FRESH_SIGN_IN_MS) return problem('sign-in-again');
        const file = await ports.backups.open(parameters.backupName ?? '');
        if (file === undefined) return problem('not-found');
        call.mayTakeLong();
        return new Response(file.body, {
          headers: {
            'content-type': 'application/octet-stream',
            'content-length': String(file.sizeBytes),
            'content-disposition': `attachment; filename="${parameters.backupName}"`,
            'cache-control': 'no-store',
          },
        });
      },
    }),
  ];
}

function presentAudit({ audits, describeFinding }: UpkeepPorts, { language }: ApiCall): LedgerAudit {
  const { state, startedAtMs, endedAtMs, result } = audits.state;
  return {
    ...{ state, startedAtMs, endedAtMs },
    report:
      result === undefined
        ? null
        : {
            isInOrder: result.findings.length === 0,
            findings: result.findings.map((finding) => ({
              code: finding.kind,
              sentence: describeFinding(finding, language),
            })),
            transactions: result.transactions,
            entries: result.entries,
            wallets: result.wallets,
            liveHolds: result.liveHolds,
            lostHolds: result.lostHolds,
            totals: {
              availableTicks: String(result.totals.availableTicks),
              heldTicks: String(result.totals.heldTicks),
              // The operator's account of credit is the other side of what was granted.
              grantedTicks: String(-result.totals.grantedTicks),
              revenueTicks: String(result.totals.revenueTicks),
              uncollectedTicks: String(result.totals.uncollectedTicks),
            },
          },
  };
}

async function presentBackups({ backups }: UpkeepPorts, { language }: ApiCall): Promise<BackupList> {
  const { state, result } = backups.task.state;
  const failure = isRefusal(result) ? refusalSentence(result, language) : null;
  const { unavailable } = backups;
  return {
    state: state === 'running' ? 'running' : state === 'failed' || failure !== null ? 'failed' : 'idle',
    failure,
    rows: [...(await backups.list())],
    unavailable: unavailable === undefined ? null : refusalSentence(unavailable, language),
  };
}
