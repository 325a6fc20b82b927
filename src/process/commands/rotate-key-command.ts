import { rotateKey } from '../../console/rotate-key.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { defineCommand } from './command.ts';
import { locateKey } from './locate.ts';
import { argument, option } from './parameter.ts';
import { presentKey } from './present-key.ts';
import { presentMoment } from './present-money.ts';
import { duration, expiry, text } from './value-kind.ts';
import { WHOSE } from './whose-options.ts';

/** Replaces a key by a new one, while the old one works on for a time. The new text is in this answer only. */
export const rotateKeyCommand = defineCommand({
  name: 'keys rotate',
  mutates: true,
  parameters: {
    key: argument(text('KEY')),
    ...WHOSE,
    overlap: option(duration),
    expires: option(expiry),
  },
  view: [],
  async run(context, input) {
    const earlier = await locateKey(context, input.key, input);
    if (isRefusal(earlier)) return earlier;
    const rotated = await rotateKey(context, earlier.organizationId, earlier.id, {
      overlapMs: input.overlap,
      expiresAtMs: input.expires === 'now' ? context.clock.nowMs() : input.expires,
    });
    if (isRefusal(rotated)) return rotated;
    return {
      key: rotated.text,
      ...presentKey(rotated.key, context.clock.nowMs()),
      earlier_redacted: rotated.earlier.redacted,
      earlier_expires_at: presentMoment(rotated.earlier.expiresAtMs),
    };
  },
});
