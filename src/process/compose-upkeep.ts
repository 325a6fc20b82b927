import { basename } from 'node:path';
import { SingleTask } from '../console/single-task.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { StoredBackup, UpkeepPorts } from '../http/api/v1/operator/upkeep.ts';
import { errorFact } from '../ports/error-fact.ts';
import type { Log } from '../ports/log.ts';
import type { AuditReport } from '../storage/ledger-store.ts';
import { listBackups, openBackup } from './backup/backup-folder.ts';
import { writeBackup } from './backup/write-backup.ts';
import { describeFinding } from './command-line/describe-finding.ts';
import { describeCheckIn } from './command-line/draw-checks.ts';
import type { CommandContext } from './commands/command-context.ts';
import { systemClock as clock } from './system-clock.ts';

/** What the operator's page of the books and backups works with: the same as the commands of these names. */
export function composeUpkeep(context: CommandContext, log: Log): UpkeepPorts {
  const { ledger, processId, dataDir, upkeep, engine } = context;
  const onFailure = (task: string) => (error: unknown) =>
    log.error('task-failed', { task, error: errorFact(error) });
  const backup = async (): Promise<StoredBackup | Refusal> => {
    const nowMs = clock.nowMs();
    const order = { dataDir, upkeep, engine, path: undefined, nowMs, liveProcessId: processId };
    const written = await writeBackup(order);
    return isRefusal(written)
      ? written
      : { name: basename(written.path), sizeBytes: written.sizeBytes, madeAtMs: nowMs };
  };
  return {
    audits: new SingleTask<AuditReport>(clock, () => ledger.audit(processId), onFailure('audit')),
    backups: {
      task: new SingleTask<StoredBackup | Refusal>(clock, backup, onFailure('backup')),
      unavailable: upkeep === undefined ? refuse('engine-has-own-backup', { engine }) : undefined,
      list: () => listBackups(dataDir),
      open: (name) => openBackup(dataDir, name),
    },
    describeFinding,
    async diagnose(language) {
      return (await context.diagnose()).map((check) => {
        const { text, remedy = null } = describeCheckIn(check, language);
        return { state: check.state, code: check.code, sentence: text, remedy };
      });
    },
    clock,
  };
}
