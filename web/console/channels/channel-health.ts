import type { Channel } from '../../../src/http/api/wire/operator-channels.ts';

export type ChannelState = 'open' | 'failing' | 'quiet' | 'off';

/** How it stands by what was seen: most of the last hours' requests failed, or some did, or none came. */
export function channelState({ enabled, seen }: Pick<Channel, 'enabled' | 'seen'>): ChannelState {
  if (!enabled) return 'off';
  const recent = seen.hours.slice(-2);
  const failed = recent.reduce((sum, hour) => sum + hour.failed, 0);
  const answered = recent.reduce((sum, hour) => sum + hour.answered, 0);
  if (failed > 0 && failed >= answered) return 'failing';
  return seen.answered24h + seen.failed24h === 0 ? 'quiet' : 'open';
}

export const CHANNEL_DOTS: Readonly<Record<ChannelState, string>> = {
  open: 'dot',
  failing: 'dot bad',
  quiet: 'dot',
  off: 'dot off',
};

/** A hundred only when there was none that failed: 99.996 % must not look like it. Undefined when none came. */
export function answeredPercent({ seen }: Pick<Channel, 'seen'>): string | undefined {
  const all = seen.answered24h + seen.failed24h;
  return all === 0 ? undefined : (Math.floor((seen.answered24h / all) * 10_000) / 100).toFixed(2);
}
