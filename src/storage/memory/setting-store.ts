import type { SettingStore } from '../setting-store.ts';

export class MemorySettingStore implements SettingStore {
  readonly #values = new Map<string, string>();

  async get(name: string): Promise<string | undefined> {
    return this.#values.get(name);
  }

  async set(name: string, value: string): Promise<void> {
    this.#values.set(name, value);
  }

  async setOnce(name: string, value: string): Promise<string> {
    const existing = this.#values.get(name);
    if (existing !== undefined) return existing;
    this.#values.set(name, value);
    return value;
  }
}
