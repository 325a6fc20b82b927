import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { ChannelRow } from '../../src/storage/channel-store.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { describeOn, ENGINES, type OpenedEngine } from './engines.ts';
import { NOON_MS } from './samples.ts';

function channel(id: string, change: Partial<ChannelRow> = {}): ChannelRow {
  return {
    id,
    name: `Channel ${id}`,
    kind: 'openai-compatible',
    baseUrl: 'https://api.x.ai/v1',
    sealedKey: 'sealed',
    models: { 'grok-beta': 'grok-2', '*': 'anything' },
    inputModalities: ['text'],
    contextTokens: 131_072,
    priority: 0,
    enabled: true,
    createdAtMs: NOON_MS,
    ...change,
  };
}

for (const engine of ENGINES) {
  describeOn(engine, 'channels and settings', () => {
    let opened: OpenedEngine;
    let storage: Storage;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    afterAll(() => opened.dispose());

    test('channels come back as they went in: by priority, then the oldest first', async () => {
      const young = channel('young', { createdAtMs: NOON_MS + 1 });
      const old = channel('old', {
        sealedKey: null,
        contextTokens: null,
        enabled: false,
        kind: 'simulator',
        baseUrl: '',
      });
      expect(await storage.channels.put(young)).toBe('done');
      const first = channel('first', { priority: 7, createdAtMs: NOON_MS + 2 });
      expect(await storage.channels.put(old)).toBe('done');
      expect(await storage.channels.put(first)).toBe('done');
      expect(await storage.channels.list()).toEqual([first, old, young]);
    });

    test('a channel is replaced by id, and a name belongs to one', async () => {
      await storage.channels.put(channel('one'));
      expect(await storage.channels.put(channel('two', { name: 'Channel one' }))).toBe('exists');
      expect(await storage.channels.put(channel('one', { name: 'Renamed', models: {} }))).toBe('done');
      expect(await storage.channels.put(channel('two', { name: 'Channel one' }))).toBe('done');
      const rows = await storage.channels.list();
      expect(rows.find((row) => row.id === 'one')).toEqual(channel('one', { name: 'Renamed', models: {} }));
      expect(await storage.channels.remove('one')).toBe(true);
      expect(await storage.channels.remove('one')).toBe(false);
    });

    test('a setting has the value that was set last', async () => {
      expect(await storage.settings.get('colour')).toBeUndefined();
      await storage.settings.set('colour', 'grey');
      await storage.settings.set('colour', '灰色');
      expect(await storage.settings.get('colour')).toBe('灰色');
    });

    test('a setting that is set once keeps its first value, whoever comes first', async () => {
      const values = await Promise.all(
        Array.from({ length: 20 }, (_, index) => storage.settings.setOnce('secret', `value-${index}`)),
      );
      expect(new Set(values).size).toBe(1);
      expect(await storage.settings.get('secret')).toBe(values[0] ?? '');
      expect(await storage.settings.setOnce('secret', 'later')).toBe(values[0] ?? '');
    });

    test('names and values are data, whatever is in them', async () => {
      const hostile = `'; DROP TABLE settings; -- \u0000"%_`;
      await storage.settings.set(hostile, hostile);
      expect(await storage.settings.get(hostile)).toBe(hostile);
    });

    test('a storage that works says so', async () => {
      await storage.check();
      await storage.check();
    });
  });
}
