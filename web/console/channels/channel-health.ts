import type { Channel } from '../../../src/http/api/wire/operator-channels.ts';

export type ChannelState = 'open' | 'failing' | 'quiet' | 'off';

/** So many failures one after the other, for one model, are no accident. */
const FAILURES_IN_A_ROW = 3;

/**
 * Calls of the last two hours. A call that another channel answered in its place is no failed request, so what it failed
 * of late is known from its troubles.
 */
export function recentCalls({ seen, troubles }: Pick<Channel, 'seen' | 'troubles'>) {
  const recent = seen.hours.slice(-2);
  const sum = (member: 'failed' | 'answered') => recent.reduce((all, hour) => all + hour[member], 0);
  const inARow = troubles.reduce((all, { failuresInARow }) => all + failuresInARow, 0);
  return { failed: Math.max(sum('failed'), inARow), answered: sum('answered') };
}

/** How it stands: most of the last calls failed, or it fails for a model time after time, or none came. */
export function channelState(channel: Pick<Channel, 'enabled' | 'seen' | 'troubles'>): ChannelState {
  const { enabled, seen, troubles } = channel;
  if (!enabled) return 'off';
  const { failed, answered } = recentCalls(channel);
  if (failed > 0 && failed >= answered) return 'failing';
  if (troubles.some(({ failuresInARow }) => failuresInARow >= FAILURES_IN_A_ROW)) return 'failing';
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
