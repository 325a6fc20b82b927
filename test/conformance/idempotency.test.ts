import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type {
  ClaimName,
  IdempotencyClaim,
  IdempotencyLimits,
  IdempotencyStore,
  KeptAnswer,
} from '../../src/storage/idempotency-store.ts';
import { ENGINES, type OpenedEngine } from './engines.ts';
import { NOON_MS } from './samples.ts';

const ROOMY: IdempotencyLimits = {
  organizationKeys: 1_000,
  organizationBytes: 1_000_000,
  allKeys: 10_000,
  allBytes: 10_000_000,
};

const ANSWER: KeptAnswer = {
  model: 'grok-beta',
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"content":"日本語 \u{1f600} \\u0000"}',
  bodyBytes: 40,
};

function hash(text: string): string {
  return new Bun.CryptoHasher('sha256').update(text).digest('hex');
}

for (const engine of ENGINES) {
  describe(`${engine.name}: idempotency keys`, () => {
    let opened: OpenedEngine;
    let store: IdempotencyStore;
    let made = 0;

    beforeAll(async () => {
      opened = await engine.open();
      store = opened.storage.idempotency;
    });
    afterAll(() => opened.dispose());

    /** A claim of its own, in an organization of its own, unless it is said otherwise. */
    const claimOf = (change: Partial<IdempotencyClaim> = {}): IdempotencyClaim => {
      made += 1;
      return {
        organizationId: `team-${made}`,
        keyHash: hash(`key-${made}`),
        requestId: `request-${made}`,
        fingerprint: hash(`body-${made}`),
        processId: 'process',
        atMs: NOON_MS,
        ...change,
      };
    };
    const again = (claim: ClaimName) =>
      store.claim({ ...claimOf(), ...claim, requestId: 'another' } as IdempotencyClaim, ROOMY);

    test('a key is taken once, and whoever comes later learns by what', async () => {
      const claim = claimOf();
      expect(await store.claim(claim, ROOMY)).toEqual({ outcome: 'done' });
      const taken = {
        outcome: 'taken',
        requestId: claim.requestId,
        fingerprint: claim.fingerprint,
        state: { kind: 'running' },
      } as const;
      expect(await again(claim)).toEqual(taken);
      expect(await again({ ...claim })).toEqual(taken);
    });

    test('of fifty that come at once, one takes it', async () => {
      const first = claimOf();
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          store.claim({ ...first, requestId: `racer-${index}` }, ROOMY),
        ),
      );
      expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
      expect(answers.filter(({ outcome }) => outcome === 'taken')).toHaveLength(49);
    });

    test('the same claim again is no second one: its first answer may have been lost', async () => {
      const claim = claimOf();
      const limits = { ...ROOMY, organizationKeys: 1 };
      await store.claim(claim, limits);
      expect(await store.claim(claim, limits)).toEqual({ outcome: 'done' });
    });

    test('the same text in another organization is another key', async () => {
      const claim = claimOf();
      await store.claim(claim, ROOMY);
      const other = { ...claim, organizationId: 'elsewhere', requestId: 'other' };
      expect(await store.claim(other, ROOMY)).toEqual({ outcome: 'done' });
      await store.complete(other, ANSWER, ROOMY);
      expect(await again(claim)).toMatchObject({ state: { kind: 'running' } });
    });

    test('an answer comes back as it was given, and stays', async () => {
      const claim = claimOf();
      await store.claim(claim, ROOMY);
      await store.complete(claim, ANSWER, ROOMY);
      const answered = { outcome: 'taken', state: { kind: 'answered', answer: ANSWER } } as const;
      expect(await again(claim)).toMatchObject(answered);
      await store.complete(claim, { ...ANSWER, body: 'another' }, ROOMY);
      await store.complete(claim, undefined, ROOMY);
      await store.release(claim);
      expect(await again(claim)).toMatchObject(answered);
    });

    test('a key that was freed is anybody’s, and only its owner frees it', async () => {
      const claim = claimOf();
      await store.claim(claim, ROOMY);
      await store.release({ ...claim, requestId: 'somebody-else' });
      expect(await again(claim)).toMatchObject({ outcome: 'taken' });
      await store.release(claim);
      await store.release(claim);
      expect(await again(claim)).toEqual({ outcome: 'done' });
      // The first request is late to say how it ended; the key is not its own any more.
      await store.complete(claim, ANSWER, ROOMY);
      expect(await store.claim(claim, ROOMY)).toMatchObject({
        requestId: 'another',
        state: { kind: 'running' },
      });
    });

    test('an organization keeps so many keys and no more, others are none the worse', async () => {
      const limits = { ...ROOMY, organizationKeys: 2 };
      const organizationId = 'crowded';
      const first = claimOf({ organizationId });
      await store.claim(first, limits);
      await store.claim(claimOf({ organizationId }), limits);
      expect(await store.claim(claimOf({ organizationId }), limits)).toEqual({ outcome: 'full' });
      expect(await store.claim(claimOf(), limits)).toEqual({ outcome: 'done' });
      expect(await again(first)).toMatchObject({ outcome: 'taken' });
      await store.release(first);
      expect(await store.claim(claimOf({ organizationId }), limits)).toEqual({ outcome: 'done' });
      expect(await store.claim(claimOf({ organizationId }), limits)).toEqual({ outcome: 'full' });
    });

    test('an answer for which there is no room is not kept, and that is remembered', async () => {
      const organizationId = 'talkative';
      const limits = { ...ROOMY, organizationBytes: 100 };
      const claims = [claimOf({ organizationId }), claimOf({ organizationId }), claimOf({ organizationId })];
      for (const claim of claims) await store.claim(claim, limits);
      const [first, second, third] = claims as [IdempotencyClaim, IdempotencyClaim, IdempotencyClaim];
      await store.complete(first, { ...ANSWER, bodyBytes: 60 }, limits);
      await store.complete(second, { ...ANSWER, bodyBytes: 41 }, limits);
      await store.complete(third, undefined, limits);
      expect(await again(first)).toMatchObject({ state: { kind: 'answered' } });
      expect(await again(second)).toMatchObject({ state: { kind: 'not-kept' } });
      expect(await again(third)).toMatchObject({ state: { kind: 'not-kept' } });
      const fits = claimOf({ organizationId });
      await store.claim(fits, limits);
      await store.complete(fits, { ...ANSWER, bodyBytes: 40 }, limits);
      expect(await again(fits)).toMatchObject({ state: { kind: 'answered' } });
    });

    test('claims of a dead process are interrupted, those of a live one go on', async () => {
      const lost = claimOf({ processId: 'dead' });
      const live = claimOf({ processId: 'live' });
      const answered = claimOf({ processId: 'dead' });
      for (const claim of [lost, live, answered]) await store.claim(claim, ROOMY);
      await store.complete(answered, ANSWER, ROOMY);
      // Claims of the tests before are of a process that is as dead.
      expect(await store.interruptClaimsOfOthers('live')).toBeGreaterThan(0);
      expect(await store.interruptClaimsOfOthers('live')).toBe(0);
      expect(await again(lost)).toMatchObject({
        requestId: lost.requestId,
        state: { kind: 'interrupted' },
      });
      expect(await again(live)).toMatchObject({ state: { kind: 'running' } });
      expect(await again(answered)).toMatchObject({ state: { kind: 'answered' } });
      await store.complete(lost, ANSWER, ROOMY);
      await store.release(lost);
      expect(await again(lost)).toMatchObject({ state: { kind: 'interrupted' } });
    });
  });

  describe(`${engine.name}: the end of idempotency keys`, () => {
    test('old ones are deleted oldest first, whatever became of them, and give their room back', async () => {
      const opened = await engine.open();
      try {
        const store = opened.storage.idempotency;
        const limits = { organizationKeys: 3, organizationBytes: 60, allKeys: 3, allBytes: 60 };
        const claims = [0, 1, 2].map((age) => ({
          organizationId: 'team',
          keyHash: hash(`key-${age}`),
          requestId: `request-${age}`,
          fingerprint: hash(''),
          processId: 'process',
          atMs: NOON_MS - age * 1_000,
        }));
        for (const claim of claims) await store.claim(claim, limits);
        const [young, middle, old] = claims as [IdempotencyClaim, IdempotencyClaim, IdempotencyClaim];
        await store.complete(old, { ...ANSWER, bodyBytes: 60 }, limits);
        const stranger = { ...young, organizationId: 'other', requestId: 'stranger' };
        expect(await store.claim(stranger, limits)).toEqual({ outcome: 'full' });
        expect(await store.sweep(NOON_MS - 2_000, 10)).toBe(0);
        expect(await store.sweep(NOON_MS, 1)).toBe(1);
        expect(await store.claim(stranger, limits)).toEqual({ outcome: 'done' });
        expect(await store.claim({ ...old, requestId: 'new', atMs: NOON_MS }, limits)).toEqual({
          outcome: 'full',
        });
        expect(await store.sweep(NOON_MS, 10)).toBe(1);
        expect(await store.claim({ ...old, requestId: 'new', atMs: NOON_MS }, limits)).toEqual({
          outcome: 'done',
        });
        expect(await store.claim({ ...young, requestId: 'new' }, limits)).toMatchObject({ outcome: 'taken' });
        await store.complete(young, { ...ANSWER, bodyBytes: 60 }, limits);
        expect(await store.claim({ ...young, requestId: 'new' }, limits)).toMatchObject({
          state: { kind: 'answered' },
        });
        expect(await store.sweep(NOON_MS, 10)).toBe(0);
        expect(await store.claim({ ...middle, requestId: 'new' }, limits)).toEqual({ outcome: 'full' });
      } finally {
        await opened.dispose();
      }
    });
  });
}
