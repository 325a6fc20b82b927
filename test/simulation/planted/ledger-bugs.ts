import type { PlantedBug } from './planted-bug.ts';

const MEMORY = 'src/storage/memory/ledger-store.ts';

/** Commands that are not atomic, not idempotent, or blind to somebody else. */
export const LEDGER_BUGS: readonly PlantedBug[] = [
  {
    name: 'some credit is enough',
    story: 'Whoever has anything is let in for everything (new-api #6609: the trust bypass).',
    changes: [
      {
        file: 'src/storage/set-aside.ts',
        find: 'if (availableTicks >= amountTicks) return amountTicks;',
        put: 'if (availableTicks > 0n) return amountTicks;',
      },
    ],
  },
  {
    name: 'open holds not in the spend limit',
    story: 'Calls at once share the same rest of a limit (LiteLLM #34732).',
    changes: [{ file: MEMORY, find: 'spentTicks += hold.heldTicks;', put: 'void hold.heldTicks;' }],
  },
  {
    name: 'reaper ignores liveness',
    story: 'The reaper ends holds of processes that live (F14).',
    changes: [
      {
        file: MEMORY,
        find: "if (hold.state !== 'held' || hold.processId === liveProcessId) continue;",
        put: "if (hold.state !== 'held') continue;",
      },
    ],
  },
  {
    name: 'settle without an id',
    story: 'A settle that is sent again charges again (akash PR #3449).',
    changes: [
      {
        file: 'src/domain/hold.ts',
        find: "END[command] === state) return { outcome: 'exists' };",
        put: "END[command] === state) return { outcome: 'done', state };",
      },
    ],
  },
  {
    name: 'grant twice',
    story: 'A payment that is delivered again grants again (opencode #28402, open-saas #688).',
    changes: [
      {
        file: MEMORY,
        find: "this.#book('grant', transactionId, command,",
        put: "this.#book('grant', transactionId + this.#state.transactions.size, command,",
      },
    ],
  },
  {
    name: 'checkpoint goes back',
    story: 'A checkpoint that was overtaken overwrites a younger one: a stale snapshot (LiteLLM #35567).',
    changes: [{ file: MEMORY, find: 'if (costTicks < hold.costTicks) return;', put: '' }],
  },
  {
    name: 'hold leaks on an unheard answer',
    story: 'A hold whose answer was lost is never released (F30).',
    changes: [
      { file: 'src/gateway/reserve-credit.ts', find: 'releaseUnheard(gateway, exchange, failure);', put: '' },
    ],
  },
  {
    name: 'settle dropped while the ledger is away',
    story: 'A charge that is not heard at once is forgotten (LiteLLM PR #34887).',
    changes: [
      {
        file: 'src/gateway/settle.ts',
        find: 'attempt(BACKGROUND_PAUSES_MS.slice(1))',
        put: 'undefined as EndAnswer | undefined',
      },
    ],
  },
  {
    name: 'revoked key looked at once',
    story: 'A revocation that came while the store was away is lost on open streams (F42).',
    changes: [
      {
        file: 'src/gateway/pipeline.ts',
        find: 'ending.onOver(clock.after(KEY_LOOK_AGAIN_MS, lookAgain));',
        put: '',
      },
    ],
  },
  {
    name: 'revoked key remembered',
    story: 'A look-up from before a revocation is kept after it: a stale snapshot (F42).',
    changes: [
      {
        file: 'src/storage/key-directory.ts',
        find: 'if (key !== undefined && reading === this.#reading) this.#keep(key);',
        put: 'if (key !== undefined) this.#keep(key);',
      },
    ],
  },
];
