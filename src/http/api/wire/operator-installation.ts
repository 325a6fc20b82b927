import * as z from 'zod';
import { pageOf, pageQuery } from './paging.ts';
import { Count, Id, Moment, Ticks } from './scalars.ts';

/** One setting, where its value comes from and what it is called in the environment. */
export const Setting = z.object({
  name: z.string(),
  environmentName: z.string().nullable(),
  value: z.string().nullable().meta({ description: 'Null when it is not set, or a secret that is.' }),
  usual: z.string().nullable().meta({ description: 'What holds when it is not set.' }),
  isSecret: z.boolean(),
  isSet: z.boolean(),
  source: z.enum(['environment', 'stored', 'default']),
  editable: z.boolean().meta({ description: 'Not while the environment sets it.' }),
});
export type Setting = z.infer<typeof Setting>;
export const SettingList = z.object({ rows: z.array(Setting) });
export const SettingEdit = z.strictObject({
  value: z.string().max(2_000),
});

/** Something that somebody changed. Entries are only ever added. */
export const ActivityEntry = z.object({
  id: Id,
  atMs: Moment,
  actor: z.object({ userId: Id.nullable(), name: z.string() }),
  action: z.string().meta({ description: 'Such as channel.change.' }),
  subject: z.string().meta({ description: 'What it was done to, by name or id.' }),
  teamId: Id.nullable(),
  changes: z
    .array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }))
    .meta({ description: 'Secrets are only said to have changed.' }),
  address: z
    .string()
    .nullable()
    .meta({ description: 'The network address it was asked from; null for the command line.' }),
});
export type ActivityEntry = z.infer<typeof ActivityEntry>;
/** What a change is about. */
export const ActivityKind = z.enum(['access', 'money', 'models', 'installation']);
export type ActivityKind = z.infer<typeof ActivityKind>;
export const ActivityQuery = z.strictObject({
  ...pageQuery,
  actor: z.string().min(1).max(128).optional().meta({ description: 'A person, or operator.' }),
  kind: ActivityKind.optional(),
  fromMs: z.coerce.number().int().min(0).optional(),
});
export const ActivityPage = pageOf(ActivityEntry);

/** An audit of the books, while it runs and after it. */
export const LedgerAudit = z.object({
  state: z.enum(['never', 'running', 'done', 'failed']),
  startedAtMs: Moment.nullable(),
  endedAtMs: Moment.nullable(),
  report: z
    .object({
      isInOrder: z.boolean(),
      findings: z.array(z.object({ code: z.string(), sentence: z.string() })),
      transactions: Count,
      entries: Count,
      wallets: Count,
      liveHolds: Count,
      lostHolds: Count,
      totals: z.object({
        availableTicks: Ticks,
        heldTicks: Ticks,
        grantedTicks: Ticks,
        revenueTicks: Ticks,
        uncollectedTicks: Ticks,
      }),
    })
    .nullable(),
});
export type LedgerAudit = z.infer<typeof LedgerAudit>;

/** What the doctor found of the running server, in the reader's language. */
export const Diagnosis = z.object({
  isHealthy: z.boolean(),
  checks: z.array(
    z.object({
      state: z.enum(['ok', 'warning', 'problem']),
      code: z.string(),
      sentence: z.string(),
      remedy: z.string().nullable(),
    }),
  ),
});
export type Diagnosis = z.infer<typeof Diagnosis>;

export const Backup = z.object({ name: z.string(), sizeBytes: Count, madeAtMs: Moment });
export const BackupList = z.object({
  state: z.enum(['idle', 'running', 'failed']),
  failure: z.string().nullable(),
  rows: z.array(Backup),
  unavailable: z.string().nullable().meta({ description: 'Why backups are not made here, in words.' }),
});
export type BackupList = z.infer<typeof BackupList>;
