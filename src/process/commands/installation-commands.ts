import { refuse } from '../../domain/refusal.ts';
import { RESTORED_SETTING } from '../../storage/sqlite/restore-file.ts';
import { defineCommand, facts } from './command.ts';
import { copyDatabaseCommand } from './copy-database-command.ts';
import { flag } from './parameter.ts';
import { presentAudit, presentRestored } from './present-books.ts';
import { presentDiagnosis } from './present-diagnosis.ts';

const audit = defineCommand({
  name: 'audit',
  mutates: false,
  parameters: { rebuild: flag() },
  view: [
    facts(
      'transactions',
      'entries',
      'wallets',
      'live_holds',
      'lost_holds',
      'estimated_interrupted',
      'estimated_unreported',
      'estimated_without_prompt',
      'estimated_beyond_report',
      'available_ticks',
      'held_ticks',
      'granted_ticks',
      'revenue_ticks',
      'uncollected_ticks',
    ),
    { shape: 'findings' },
  ],
  isAlarming: (value) => !Array.isArray(value.findings) || value.findings.length > 0,
  async run({ ledger, settings, processId, rebuild }, input) {
    if (input.rebuild) {
      // It keeps every writer waiting for as long as it takes.
      if (processId !== undefined) return refuse('server-runs');
      await rebuild();
    }
    const restored = await settings.get(RESTORED_SETTING);
    return {
      ...presentAudit(await ledger.audit(processId)),
      ...presentRestored(restored),
      rebuilt: input.rebuild,
    };
  },
});

const doctor = defineCommand({
  name: 'doctor',
  mutates: false,
  parameters: {},
  view: [{ shape: 'checks' }],
  isAlarming: (value) => value.healthy !== true,
  async run(context) {
    return presentDiagnosis(await context.diagnose());
  },
});

/** What holds the books and the installation against themselves. */
export const INSTALLATION_COMMANDS = [audit, doctor, copyDatabaseCommand];
