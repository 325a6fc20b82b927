import * as z from 'zod';
import { Amount, Count, Id, Moment, Ticks } from './scalars.ts';

export const KeyLimits = z.object({
  requestsPerSecond: Count.nullable(),
  requestsPerMinute: Count.nullable(),
  requestsPerHour: Count.nullable(),
  tokensPerMinute: Count.nullable(),
  requestsInFlight: Count.nullable(),
});

/** An API key, without anything that could be used in its place. */
export const Key = z.object({
  id: Id,
  name: z.string(),
  redacted: z.string().meta({ description: 'Such as xai-...b14o.' }),
  state: z.enum(['active', 'disabled', 'expired', 'revoked']),
  maker: z.object({ userId: Id, name: z.string().nullable() }),
  isOwn: z.boolean(),
  acls: z.array(z.string()).meta({ description: 'Such as api-key:model:grok-beta and api-key:endpoint:*.' }),
  limits: KeyLimits,
  spendLimits: z.object({ perDayTicks: Ticks.nullable(), perMonthTicks: Ticks.nullable() }),
  allowedNetworks: z.array(z.string()).meta({ description: 'Every address when empty.' }),
  spentThisMonthTicks: Ticks,
  spentTodayTicks: Ticks,
  lastUsedAtMs: Moment.nullable().meta({ description: 'To the minute.' }),
  expiresAtMs: Moment.nullable(),
  revokedAtMs: Moment.nullable(),
  followsKeyId: Id.nullable().meta({ description: 'The key that it was made to replace.' }),
  createdAtMs: Moment,
  modifiedAtMs: Moment,
});
export type Key = z.infer<typeof Key>;

/** A team's keys, oldest first; a team has at most a thousand that work. */
export const KeyList = z.object({
  rows: z.array(Key),
  spentThisMonth: z.object({
    keysTicks: Ticks,
    keylessTicks: Ticks.meta({ description: 'By chat and playground, which need no key.' }),
  }),
});
export type KeyList = z.infer<typeof KeyList>;

/** A limit is more than nothing; null takes it away, and what is absent stays. */
const limit = z.int().min(1).nullish();

const KeyReach = {
  acls: z.array(z.string().max(200)).max(200).optional(),
  limits: z
    .strictObject({
      requestsPerSecond: limit,
      requestsPerMinute: limit,
      requestsPerHour: limit,
      tokensPerMinute: limit,
      requestsInFlight: limit,
    })
    .optional(),
  spendLimits: z.strictObject({ perDayTicks: Amount.nullish(), perMonthTicks: Amount.nullish() }).optional(),
  allowedNetworks: z.array(z.string().max(64)).max(200).optional(),
  expiresAtMs: Moment.nullish().meta({ description: 'Null never expires.' }),
};

export const NewKey = z.strictObject({ name: z.string().trim().min(1).max(100), ...KeyReach });
export type NewKey = z.infer<typeof NewKey>;

export const KeyEdit = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  ...KeyReach,
  disabled: z.boolean().optional(),
});
export type KeyEdit = z.infer<typeof KeyEdit>;

export const KeyRotation = z.strictObject({
  overlapMs: z.int().min(0).optional().meta({ description: 'How long both keys work; a day when absent.' }),
  expiresAtMs: Moment.nullish().meta({ description: 'Of the new key.' }),
});

/** A new key. Its text is in this answer and nowhere else, ever again. */
export const MadeKey = z.object({ key: Key, secret: z.string() });
export type MadeKey = z.infer<typeof MadeKey>;

/** The new key, and the one before it, which works until it expires. */
export const RotatedKey = MadeKey.extend({ earlier: Key });
