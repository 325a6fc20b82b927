import { type Refusal, refuse } from '../domain/refusal.ts';
import type { ConsolePorts } from './console-ports.ts';

/** What the operator says to everyone, in both languages. */
export interface Notice {
  readonly id: string;
  readonly tone: 'info' | 'warning' | 'critical';
  readonly text: { readonly en: string; readonly zh: string };
  readonly startsAtMs: number;
  readonly endsAtMs: number | null;
}

type NoticePorts = Pick<ConsolePorts, 'settings' | 'clock' | 'random'>;

const SETTING = 'notices';

/** More than this nobody reads; the oldest make room. */
const MAXIMUM_NOTICES = 20;

/** In each language: it stands above every page. */
const MAXIMUM_CHARACTERS = 500;

export async function listNotices({ settings }: Pick<NoticePorts, 'settings'>): Promise<readonly Notice[]> {
  const stored = await settings.get(SETTING);
  return stored === undefined ? [] : (JSON.parse(stored) as Notice[]);
}

/** The notices that are to be shown now. */
export async function currentNotices(
  ports: Pick<NoticePorts, 'settings' | 'clock'>,
): Promise<readonly Notice[]> {
  const nowMs = ports.clock.nowMs();
  return (await listNotices(ports)).filter(
    ({ startsAtMs, endsAtMs }) => startsAtMs <= nowMs && (endsAtMs === null || endsAtMs > nowMs),
  );
}

export async function addNotice(
  ports: NoticePorts,
  notice: {
    readonly tone: Notice['tone'];
    readonly text: Notice['text'];
    readonly startsAtMs?: number | undefined;
    readonly endsAtMs?: number | null | undefined;
  },
): Promise<Notice | Refusal> {
  const { tone, startsAtMs = ports.clock.nowMs(), endsAtMs = null } = notice;
  const text = { en: notice.text.en.trim(), zh: notice.text.zh.trim() };
  if (Object.values(text).some(({ length }) => length === 0 || length > MAXIMUM_CHARACTERS))
    return refuse('bad-notice', { most: MAXIMUM_CHARACTERS });
  if (endsAtMs !== null && endsAtMs <= Math.max(startsAtMs, ports.clock.nowMs()))
    return refuse('moment-past');
  const made: Notice = { id: ports.random.uuid(), tone, text, startsAtMs, endsAtMs };
  const kept = [...(await listNotices(ports)), made].slice(-MAXIMUM_NOTICES);
  await ports.settings.set(SETTING, JSON.stringify(kept));
  return made;
}

/** The notice that was taken down, or undefined when there was none of that id. */
export async function removeNotice(
  ports: Pick<NoticePorts, 'settings'>,
  id: string,
): Promise<Notice | undefined> {
  const notices = await listNotices(ports);
  const removed = notices.find((notice) => notice.id === id);
  if (removed !== undefined)
    await ports.settings.set(SETTING, JSON.stringify(notices.filter((notice) => notice !== removed)));
  return removed;
}
