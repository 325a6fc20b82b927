import type { PlantedBug } from './planted-bug.ts';

const RELAY = 'src/gateway/relay-stream.ts';
const CREDIT = 'src/gateway/stream-credit.ts';
const PIPELINE = 'src/gateway/pipeline.ts';

/** Requests that are not ended, or whose end is not what it says. */
export const STREAM_BUGS: readonly PlantedBug[] = [
  {
    name: 'settle outside finally',
    story: 'Every early return skips the settle (tinfoil PR #479).',
    changes: [{ file: RELAY, find: 'await this.#abandon();', put: '' }],
  },
  {
    name: 'hold never voided on a refusal',
    story: 'When the upstream refuses, its credit stays set aside (F46).',
    changes: [
      {
        file: PIPELINE,
        find: 'await settle(gateway, exchange, failureEnd(exchange, early, { charge: false }));',
        put: '',
      },
    ],
  },
  {
    name: 'refused and sent on',
    story:
      'A request that was refused for its own sake is tried at every other upstream (one-api retries all but 400).',
    changes: [
      {
        file: 'src/gateway/forward.ts',
        find: 'if (!heard.isItsOwn || ending.reason !== undefined) return heard.failure;',
        put: 'if (ending.reason !== undefined) return heard.failure;',
      },
    ],
  },
  {
    name: 'sent on without end',
    story: 'A request goes to one upstream after the other for as long as there is one.',
    changes: [
      {
        file: 'src/gateway/forward.ts',
        find: 'calls < CALLS_AT_MOST ?',
        put: 'calls < Number.POSITIVE_INFINITY ?',
      },
    ],
  },
  {
    name: 'retry after the first byte',
    story: 'A call whose answer broke is sent again, and paid twice upstream (F59).',
    changes: [
      {
        file: 'src/gateway/relay-whole.ts',
        find: 'const text = isFailure(response) ? response : await readAnswer(gateway, exchange, response);',
        put: `const first = isFailure(response) ? response : await readAnswer(gateway, exchange, response);
  const again = isFailure(first) && !isFailure(response) ? await forward(gateway, exchange) : undefined;
  const text = again === undefined ? first : isFailure(again) ? again : await readAnswer(gateway, exchange, again);`,
      },
      {
        file: 'src/gateway/relay-whole.ts',
        find: "import { readBounded } from './read-bounded.ts';",
        put: "import { forward } from './forward.ts';\nimport { readBounded } from './read-bounded.ts';",
      },
    ],
  },
  {
    name: 'clean close taken for success',
    story: 'An upstream that closes in mid-answer has finished (Portkey #267, new-api #5289).',
    changes: [
      {
        file: RELAY,
        find: "return ending.reason === undefined ? 'broke' : 'ended';",
        put: "return ending.reason === undefined ? 'whole' : 'ended';",
      },
    ],
  },
  {
    name: 'upstream runs on after a hang-up',
    story: 'Nobody tells the upstream that its caller has gone (new-api #4184, gh-aw-firewall PR #6542).',
    changes: [
      {
        file: PIPELINE,
        find: "const hangUp = () => ending.end('client-gone');",
        put: 'const hangUp = () => {};',
      },
    ],
  },
  {
    name: '[DONE] after an error',
    story: 'A cut answer ends as a whole one does (F50).',
    changes: [
      {
        file: RELAY,
        find: 'return this.#editor.rest() + this.#errorEvent(failure);',
        put: 'return this.#editor.rest() + this.#errorEvent(failure) + DONE_EVENT;',
      },
    ],
  },
  {
    name: 'settled twice',
    story: 'The end of a stream and the leaving of its reader both settle it: a double release (F75).',
    changes: [
      {
        file: 'src/gateway/settle.ts',
        find: "if (!ending.claimSettlement(end.charge)) throw new Error('an exchange was settled twice');",
        put: '',
      },
    ],
  },
  {
    name: 'hold never extended',
    story: 'A stream runs on what was set aside at its beginning (F63).',
    changes: [
      {
        file: 'src/gateway/stream-credit.ts',
        find: 'return !this.#exchange.meter.mustCount && !this.#isOver();',
        put: 'return true;',
      },
    ],
  },
  {
    name: 'never noted',
    story: 'A crash loses all of a stream, because nothing of it was noted while it ran (F4).',
    changes: [
      {
        file: CREDIT,
        find: 'if (clock.monotonicMs() - this.#checkpointMs < CHECKPOINT_MS) return;',
        put: 'if (clock !== undefined) return;',
      },
    ],
  },
  {
    name: 'place never given back',
    story: 'A call that is over counts as under way, and solvent callers are refused (LiteLLM #36926).',
    changes: [
      {
        file: 'src/gateway/settle.ts',
        find: 'exchange.admission.leave(totalTokens(metered.usage));',
        put: 'void totalTokens;',
      },
    ],
  },
  {
    name: 'checked, then counted',
    story: 'Between the look at a limit and the count of the call there is a wait (LiteLLM #34732).',
    changes: [
      {
        file: 'src/gateway/admit.ts',
        find: 'for (const { subject, rules } of asked) subject.state.enter(rules, atMs);',
        put: 'for (const { subject, rules } of asked) this.#clock.after(2, () => subject.state.enter(rules, atMs));',
      },
    ],
  },
  {
    name: 'answer in the log',
    story: 'What an upstream sent is quoted in a log line (promise 8).',
    changes: [
      {
        file: RELAY,
        find: "'upstream-event-bad', { request: id, kind: chunk.kind }",
        put: "'upstream-event-bad', { request: id, kind: chunk.kind, data }",
      },
    ],
  },
];
