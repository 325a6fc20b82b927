import type { PlantedBug } from './planted-bug.ts';

/** Calls with an idempotency key that run or are charged twice, or are answered with what is not theirs. */
export const KEY_BUGS: readonly PlantedBug[] = [
  {
    name: 'answer kept before it is charged',
    story: 'A key is ended while its answer is still being written; the charge may yet fail.',
    changes: [
      {
        file: 'src/gateway/answer-recording.ts',
        find: 'if (part !== undefined && !this.#exchange.ending.isSettled) {',
        put: 'if (part === undefined) {',
      },
    ],
  },
  {
    name: 'key free although it was charged',
    story: 'An answer that could not be kept frees its key, and the next attempt is charged again.',
    changes: [
      {
        file: 'src/gateway/answer-recording.ts',
        find: 'if (!ending.isCharged) await this.release();',
        put: 'if (body === undefined) await this.release();',
      },
    ],
  },
  {
    name: 'key free after a crash',
    story: 'A start forgets the keys of a dead process, whose holds it has just charged.',
    changes: [
      {
        file: 'src/storage/memory/idempotency-store.ts',
        find: "for (const row of lost) row.state = { kind: 'interrupted' };",
        put: 'for (const row of lost) this.#rows.delete(nameOf(row));',
      },
    ],
  },
  {
    name: 'another body under the same key',
    story: 'A key that is sent with another request is answered with what the first one asked for.',
    changes: [
      {
        file: 'src/gateway/answer-once.ts',
        find: 'if (first.fingerprint !== fingerprint) return idempotencyKeyReused();',
        put: '',
      },
    ],
  },
  {
    name: 'key in use for ever',
    story: 'A claim that is made after its release stays, and the key is in use until the next start.',
    changes: [
      { file: 'src/gateway/answer-once.ts', find: 'recording.releaseUnheard()', put: 'recording.release()' },
    ],
  },
  {
    name: 'over before it is kept',
    story: 'A shut-down ends the process between the settlement of a stream and its last part.',
    changes: [
      {
        file: 'src/gateway/answer-recording.ts',
        find: "await this.#end(part ?? '');",
        put: "await this.#parts.next(); await this.#end(part ?? '');",
      },
    ],
  },
];
