import type { AlertLetterStore, TellingTime } from '../alert-letter-store.ts';

export class MemoryAlertLetterStore implements AlertLetterStore {
  readonly #told = new Map<string, { readonly atMs: number; readonly isRecovered: boolean }>();

  async take(alertId: string, { atMs, sinceMs, gapMs }: TellingTime): Promise<boolean> {
    const told = this.#told.get(alertId);
    const isDue =
      told === undefined || (told.atMs <= atMs - gapMs && (told.isRecovered || told.atMs < sinceMs));
    if (isDue) this.#told.set(alertId, { atMs, isRecovered: false });
    return isDue;
  }

  async recover(alertId: string): Promise<void> {
    const told = this.#told.get(alertId);
    if (told !== undefined) this.#told.set(alertId, { ...told, isRecovered: true });
  }

  async forget(alertId: string): Promise<void> {
    this.#told.delete(alertId);
  }
}
