/**
 * The life of a hold: credit set aside for one request, finished exactly once.
 *
 *     held ──extend──▶ held
 *       ├──post────▶ posted    charged, the rest released
 *       ├──void────▶ voided    nothing charged, all released
 *       └──expire──▶ expired   its process died: charged what the last checkpoint shows, the rest released
 *
 * A command that was already carried out answers `exists`, so a caller that did not hear the answer may repeat
 * it. A command that comes too late answers `refused`.
 */
export type HoldState = 'held' | 'posted' | 'voided' | 'expired';

export type HoldCommandName = 'extend' | 'post' | 'void' | 'expire';

const END: Readonly<Record<Exclude<HoldCommandName, 'extend'>, HoldState>> = {
  post: 'posted',
  void: 'voided',
  expire: 'expired',
};

/** The state after a command, or why there is none. */
export function stepHold(
  state: HoldState,
  command: HoldCommandName,
): { outcome: 'done'; state: HoldState } | { outcome: 'exists' | 'refused' } {
  if (state === 'held') return { outcome: 'done', state: command === 'extend' ? 'held' : END[command] };
  if (command !== 'extend' && END[command] === state) return { outcome: 'exists' };
  return { outcome: 'refused' };
}
