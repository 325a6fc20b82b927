import type { SettingStore } from '../storage/setting-store.ts';

/** How a person wants the pages shown; null leaves it to their browser. */
export interface Preferences {
  readonly language: 'en' | 'zh' | null;
  readonly timeZone: string | null;
  readonly theme: 'light' | 'dark' | null;
}

const BROWSERS_CHOICE: Preferences = { language: null, timeZone: null, theme: null };

export async function preferencesOf(
  { settings }: { readonly settings: SettingStore },
  userId: string,
): Promise<Preferences> {
  const stored = await settings.get(nameOf(userId));
  return stored === undefined ? BROWSERS_CHOICE : { ...BROWSERS_CHOICE, ...JSON.parse(stored) };
}

/** Changes what is named and leaves the rest. Of two changes at once the later one stands. */
export async function changePreferences(
  ports: { readonly settings: SettingStore },
  userId: string,
  change: { readonly [Name in keyof Preferences]?: Preferences[Name] | undefined },
): Promise<Preferences> {
  const now = await preferencesOf(ports, userId);
  const next: Preferences = {
    language: change.language === undefined ? now.language : change.language,
    timeZone: change.timeZone === undefined ? now.timeZone : change.timeZone,
    theme: change.theme === undefined ? now.theme : change.theme,
  };
  await ports.settings.set(nameOf(userId), JSON.stringify(next));
  return next;
}

function nameOf(userId: string): string {
  return `preferences:${userId}`;
}
