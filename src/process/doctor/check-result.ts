/** What one look at the installation found. The sentence and its remedy are made in the person's language. */
export interface CheckResult {
  readonly state: 'ok' | 'warning' | 'problem';
  readonly code: CheckCode;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** Each finding with the facts that its sentence needs. */
export interface CheckFacts {
  'folder-ok': { readonly path: string };
  'folder-missing': { readonly path: string };
  'folder-not-writable': { readonly path: string };
  'open-to-others': { readonly path: string; readonly mode: string };
  'key-file-unusable': { readonly path: string };

  'server-runs': { readonly pid: number };
  'server-stopped': Readonly<Record<never, never>>;
  'folder-held': { readonly pid: number };

  'database-ok': { readonly engine: string };
  'database-not-opened': { readonly reason: string };
  'database-damaged': Readonly<Record<never, never>>;
  'database-not-working': Readonly<Record<never, never>>;
  'database-not-looked-at': Readonly<Record<never, never>>;

  'catalogue-ok': { readonly models: number };
  'catalogue-empty': Readonly<Record<never, never>>;
  'model-wrong': { readonly model: string; readonly fault: string };
  'model-without-price': { readonly model: string };
  'name-twice': { readonly name: string };

  'model-answered': { readonly model: string; readonly channel: string };
  'model-simulated': { readonly model: string };
  'model-by-default': { readonly model: string };
  'model-unanswered': { readonly model: string };

  'bun-ok': { readonly version: string };
  'bun-old': { readonly version: string; readonly needed: string };
  'connections-ok': { readonly most: number };
  'connections-few': { readonly most: number; readonly needed: number };

  'clock-ok': Readonly<Record<never, never>>;
  'clock-wrong': { readonly now: string };
  'clock-behind': { readonly now: string; readonly seen: string };

  'mail-by-server': { readonly place: string };
  'mail-to-folder': { readonly path: string };
  'mail-not-ready': { readonly place: string; readonly fault: string; readonly answer: string };
  'mail-settings-wrong': Readonly<Record<never, never>>;

  'engine-ready': { readonly path: string };
  'engine-incomplete': { readonly path: string };
  /** `path` is the first of the files, `folder` what holds them all. */
  'engine-damaged': { readonly path: string; readonly files: number; readonly folder: string };
  'weights-damaged': { readonly path: string };
  'own-weights-changed': { readonly path: string };
}

export type CheckCode = keyof CheckFacts;

export function found<Code extends CheckCode>(
  state: CheckResult['state'],
  code: Code,
  facts: CheckFacts[Code],
): CheckResult {
  return { state, code, facts: { ...facts } };
}
