import { describe, expect, test } from 'bun:test';
import { KeyDirectory } from './key-directory.ts';
import type { KeyWithOwner } from './key-store.ts';

function key(name: string, change: Partial<KeyWithOwner> = {}): KeyWithOwner {
  return {
    id: `id-${name}`,
    hash: name,
    redacted: 'xai-...abcd',
    name,
    organizationId: 'team',
    userId: 'person',
    acls: [],
    limits: {},
    expiresAtMs: null,
    disabled: false,
    revokedAtMs: null,
    followsKeyId: null,
    lastUsedAtMs: null,
    spendLimits: { perDayTicks: null, perMonthTicks: null },
    allowedNetworks: [],
    createdAtMs: 1,
    modifiedAtMs: 1,
    modifiedBy: 'person',
    organizationBlocked: false,
    userBanned: false,
    ...change,
  };
}

/** A store of keys that counts its reads and answers when it is told to. */
class Shelf {
  readonly rows = new Map<string, KeyWithOwner>();
  reads = 0;
  fails = false;
  #waiting: (() => void)[] = [];
  paused = false;

  async findByHash(hash: string): Promise<KeyWithOwner | undefined> {
    this.reads += 1;
    const row = this.rows.get(hash);
    if (this.paused) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.fails) throw new Error('the database is down');
    return row;
  }

  resume(): void {
    this.paused = false;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

function shelfWith(...names: string[]): Shelf {
  const shelf = new Shelf();
  for (const name of names) shelf.rows.set(name, key(name));
  return shelf;
}

describe('the key directory', () => {
  test('forgets everything when anything may have changed, and whoever listens looks again', async () => {
    const shelf = shelfWith('a', 'b');
    const directory = new KeyDirectory(shelf);
    await directory.find('a');
    await directory.find('b');
    let looks = 0;
    directory.subscribe('id-a', () => {
      looks += 1;
    });
    shelf.paused = true;
    const early = directory.find('c');
    directory.invalidateAll();
    expect(looks).toBe(1);
    shelf.rows.set('a', key('a', { disabled: true }));
    shelf.resume();
    await early;
    expect((await directory.find('a'))?.disabled).toBe(true);
    await directory.find('b');
    expect(shelf.reads).toBe(5);
  });

  test('answers at once, and without a read, what it has read before', async () => {
    const shelf = shelfWith('a');
    const directory = new KeyDirectory(shelf);
    expect(await directory.find('a')).toEqual(key('a'));
    expect(directory.find('a')).toEqual(key('a'));
    expect(shelf.reads).toBe(1);
  });

  test('calls that miss the same key at once share one read', async () => {
    const shelf = shelfWith('a');
    shelf.paused = true;
    const directory = new KeyDirectory(shelf);
    const finds = [directory.find('a'), directory.find('a'), directory.find('a')];
    shelf.resume();
    expect(await Promise.all(finds)).toEqual([key('a'), key('a'), key('a')]);
    expect(shelf.reads).toBe(1);
  });

  test('a change of the key is seen by the next call', async () => {
    const shelf = shelfWith('a');
    const directory = new KeyDirectory(shelf);
    await directory.find('a');
    shelf.rows.set('a', key('a', { revokedAtMs: 5 }));
    directory.invalidate({ kind: 'key', id: 'id-a' });
    expect((await directory.find('a'))?.revokedAtMs).toBe(5);
  });

  test('a change of the owner is seen for all their keys and for no others', async () => {
    const shelf = shelfWith('a', 'b');
    shelf.rows.set('c', key('c', { organizationId: 'other', userId: 'someone' }));
    const directory = new KeyDirectory(shelf);
    for (const name of ['a', 'b', 'c']) await directory.find(name);
    directory.invalidate({ kind: 'organization', id: 'team' });
    expect(directory.find('a')).toBeInstanceOf(Promise);
    expect(directory.find('b')).toBeInstanceOf(Promise);
    expect(directory.find('c')).not.toBeInstanceOf(Promise);
    directory.invalidate({ kind: 'user', id: 'someone' });
    expect(directory.find('c')).toBeInstanceOf(Promise);
  });

  test('a read that began before a change is neither kept nor joined after it', async () => {
    const shelf = shelfWith('a');
    shelf.paused = true;
    const directory = new KeyDirectory(shelf);
    const early = directory.find('a');
    shelf.rows.set('a', key('a', { disabled: true }));
    directory.invalidate({ kind: 'key', id: 'id-a' });
    const late = directory.find('a');
    shelf.resume();
    await early;
    expect((await late)?.disabled).toBe(true);
    expect((await directory.find('a'))?.disabled).toBe(true);
  });

  test('a store that fails is a failure, not an unknown key, and the next call tries again', async () => {
    const shelf = shelfWith('a');
    shelf.fails = true;
    const directory = new KeyDirectory(shelf);
    await expect(Promise.resolve(directory.find('a'))).rejects.toThrow('down');
    shelf.fails = false;
    expect(await directory.find('a')).toEqual(key('a'));
  });

  test('unknown keys are not remembered: one that is made later is found', async () => {
    const shelf = shelfWith();
    const directory = new KeyDirectory(shelf);
    expect(await directory.find('a')).toBeUndefined();
    shelf.rows.set('a', key('a'));
    expect(await directory.find('a')).toEqual(key('a'));
  });

  test('keeps as many as it may, and forgets the one not looked up for longest', async () => {
    const shelf = shelfWith('a', 'b', 'c');
    const directory = new KeyDirectory(shelf, 2);
    await directory.find('a');
    await directory.find('b');
    await directory.find('a');
    await directory.find('c');
    expect(directory.find('a')).not.toBeInstanceOf(Promise);
    expect(directory.find('c')).not.toBeInstanceOf(Promise);
    expect(directory.find('b')).toBeInstanceOf(Promise);
  });

  test('who subscribed to a key hears of its changes until they unsubscribe', async () => {
    const directory = new KeyDirectory(shelfWith('a', 'b'));
    const heard: string[] = [];
    const endA = directory.subscribe('id-a', () => heard.push('a'));
    directory.subscribe('id-b', () => heard.push('b'));
    directory.invalidate({ kind: 'key', id: 'id-a' });
    expect(heard).toEqual(['a']);
    endA();
    directory.invalidate({ kind: 'key', id: 'id-a' });
    expect(heard).toEqual(['a']);
  });

  test('who subscribed to a key hears of its owner, even when the key is not in memory any more', async () => {
    const directory = new KeyDirectory(shelfWith('a', 'b'), 1);
    await directory.find('a');
    await directory.find('b');
    let heard = 0;
    directory.subscribe('id-a', () => {
      heard += 1;
    });
    directory.invalidate({ kind: 'organization', id: 'team' });
    directory.invalidate({ kind: 'model', id: 'grok-beta' });
    expect(heard).toBe(1);
  });

  test('a listener that unsubscribes another while it is told does no harm', () => {
    const directory = new KeyDirectory(shelfWith());
    const heard: string[] = [];
    let endSecond = () => {};
    directory.subscribe('id-a', () => {
      heard.push('first');
      endSecond();
    });
    endSecond = directory.subscribe('id-a', () => heard.push('second'));
    directory.invalidate({ kind: 'key', id: 'id-a' });
    directory.invalidate({ kind: 'key', id: 'id-a' });
    expect(heard.filter((name) => name === 'first')).toHaveLength(2);
  });
});
