import type { IdempotencyLimits } from '../storage/idempotency-store.ts';

/** How long a key is remembered, with its answer. Stripe's first version and most clients' patience are as long. */
export const KEPT_MS = 24 * 3_600_000;

/** As in the field: enough for a UUID and a name before it. */
export const KEY_CHARACTERS = 255;

/** The longest body that is kept, in UTF-8: a stream of about 16,000 tokens, a whole answer of a million. */
export const KEPT_BODY_BYTES = 4 * 1024 * 1024;

/**
 * A key without its answer takes about half a kilobyte, so all of them are half a gigabyte at most, besides the answers.
 * A team that sends one request a second with a key of its own keeps within.
 */
export const IDEMPOTENCY_LIMITS: IdempotencyLimits = {
  organizationKeys: 100_000,
  organizationBytes: 256 * 1024 * 1024,
  allKeys: 1_000_000,
  allBytes: 1024 * 1024 * 1024,
};
