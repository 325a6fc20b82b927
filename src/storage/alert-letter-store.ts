/** What is remembered of alerts that go out by letter, so that each crossing of a line is told once, by one process. */
export interface AlertLetterStore {
  /**
   * Takes it on to tell of an alert now, in one step: of all that ask at once, one does. False when it was told and its
   * line was not left since, unless that was before `sinceMs`, and whenever it was told within the last `gapMs`.
   */
  take(alertId: string, when: TellingTime): Promise<boolean>;
  /** The line is not crossed any more: the next crossing is another one. */
  recover(alertId: string, atMs: number): Promise<void>;
  /** The alert is gone, or is another one now. */
  forget(alertId: string): Promise<void>;
}

export interface TellingTime {
  readonly atMs: number;
  readonly sinceMs: number;
  readonly gapMs: number;
}
