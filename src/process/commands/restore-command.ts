import { isRefusal, refuse } from '../../domain/refusal.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { defineCommand, facts } from './command.ts';
import { argument, flag } from './parameter.ts';
import { presentFinding } from './present-finding.ts';
import { presentMoment } from './present-money.ts';
import { file } from './value-kind.ts';

/** Works on the folder itself: what is there may not even open. A server that runs has the folder and keeps it. */
export const restoreCommand = defineCommand({
  name: 'restore',
  mutates: true,
  parameters: { file: argument(file), replace: flag() },
  view: [facts('data_dir', 'made_at', 'key_file', 'lost_holds', 'set_aside'), { shape: 'findings' }],
  isAlarming: (value) => !Array.isArray(value.findings) || value.findings.length > 0,
  run: async () => refuse('server-runs'),
  async runOnFolder({ dataDir, database, clock, openStorage }, input) {
    // The backup would go into the folder, and whoever looks afterwards would see the other database.
    if (database !== undefined) return refuse('engine-has-own-backup', { engine: 'PostgreSQL' });
    const order = { dataDir, backupPath: input.file, replace: input.replace, nowMs: clock.nowMs() };
    const restored = restoreBackup(order);
    if (isRefusal(restored)) return restored;
    const storage = await openStorage(dataDir);
    try {
      const { findings, lostHolds } = await storage.ledger.audit(undefined);
      return {
        data_dir: dataDir,
        made_at: presentMoment(restored.madeAtMs),
        key_file: restored.hasKey,
        lost_holds: lostHolds,
        set_aside: restored.setAside,
        findings: findings.map(presentFinding),
      };
    } finally {
      await storage.close();
    }
  },
});
