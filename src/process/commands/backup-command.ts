import { isRefusal } from '../../domain/refusal.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { defineCommand, facts } from './command.ts';
import { optionalArgument } from './parameter.ts';
import { presentFinding } from './present-finding.ts';
import { presentMoment } from './present-money.ts';
import { file } from './value-kind.ts';

/** Changes nothing but the file it makes, so it need not wait its turn, nor others for it. */
export const backupCommand = defineCommand({
  name: 'backup',
  mutates: false,
  parameters: { file: optionalArgument(file) },
  view: [facts('file', 'size_bytes', 'rows', 'made_at', 'took_ms'), { shape: 'findings' }],
  isAlarming: (value) => !Array.isArray(value.findings) || value.findings.length > 0,
  async run({ dataDir, upkeep, engine, clock, processId }, input) {
    const nowMs = clock.nowMs();
    const startedMs = clock.monotonicMs();
    const order = { dataDir, upkeep, engine, path: input.file, nowMs, liveProcessId: processId };
    const written = await writeBackup(order);
    if (isRefusal(written)) return written;
    return {
      file: written.path,
      size_bytes: written.sizeBytes,
      rows: written.rows,
      made_at: presentMoment(nowMs),
      took_ms: clock.monotonicMs() - startedMs,
      findings: written.audit.findings.map(presentFinding),
    };
  },
});
