import { defineCommand, facts, table } from './command.ts';
import { copyDatabaseCommand } from './copy-database-command.ts';
import { presentAudit } from './present-books.ts';
import { presentDiagnosis } from './present-diagnosis.ts';

const audit = defineCommand({
  name: 'audit',
  mutates: false,
  parameters: {},
  view: [
    facts(
      'transactions',
      'entries',
      'wallets',
      'live_holds',
      'lost_holds',
      'available_ticks',
      'held_ticks',
      'granted_ticks',
      'revenue_ticks',
      'uncollected_ticks',
    ),
    table('findings', 'kind', 'subject', 'detail'),
  ],
  isAlarming: (value) => !Array.isArray(value.findings) || value.findings.length > 0,
  async run({ ledger, processId }) {
    return presentAudit(await ledger.audit(processId));
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
