import type { ChannelRow, ChannelStore } from '../channel-store.ts';
import { compareTexts } from './compare-texts.ts';

export class MemoryChannelStore implements ChannelStore {
  readonly #rows = new Map<string, ChannelRow>();

  async list(): Promise<readonly ChannelRow[]> {
    return [...this.#rows.values()].sort(
      (a, b) => b.priority - a.priority || a.createdAtMs - b.createdAtMs || compareTexts(a.id, b.id),
    );
  }

  async put(row: ChannelRow): Promise<'done' | 'exists'> {
    if ([...this.#rows.values()].some((other) => other.name === row.name && other.id !== row.id))
      return 'exists';
    this.#rows.set(row.id, { ...row });
    return 'done';
  }

  async remove(id: string): Promise<boolean> {
    return this.#rows.delete(id);
  }
}
