import type { MatrixRow } from './matrix-row.ts';

/** Of callers, and of the way to them. */
export const CLIENT_FAULTS: readonly MatrixRow[] = [
  {
    id: 'F74',
    fault: "The caller hangs up before the answer's head.",
    outcome: 'voided',
    tests: [
      {
        file: 'test/gateway/whole-answer.test.ts',
        title:
          'a caller who hangs up before the upstream accepted pays nothing, and the upstream is cancelled',
      },
    ],
  },
  {
    id: 'F75',
    fault: 'The caller hangs up in mid-answer.',
    outcome: 'partial',
    tests: [
      {
        file: 'test/gateway/streamed-answer.test.ts',
        title: 'hangs up in mid-answer: upstream cancelled, charged for what was made',
      },
      {
        file: 'test/end-to-end/openai-sdk.test.ts',
        title: 'aborted: the SDK stops, what was made is charged',
      },
      { file: 'test/process/hang-up-at-every-byte.test.ts', title: 'a hang-up at each byte of a stream' },
    ],
  },
  {
    id: 'F76',
    fault: 'The caller hangs up one byte before the end.',
    outcome: 'posted',
    tests: [
      {
        file: 'test/gateway/streamed-answer.test.ts',
        title: 'hangs up at any event: exactly one end, never more than the whole price',
      },
      { file: 'test/process/hang-up-at-every-byte.test.ts', title: 'a hang-up at each byte of a stream' },
    ],
  },
  {
    id: 'F77',
    fault: 'The caller reads a byte a second.',
    outcome: 'bounded',
    tests: [
      {
        file: 'test/regression/slow-reader.test.ts',
        title: 'a reader of 1 kB a second on an answer of 50 MB costs the server less than 20 MB',
      },
      { file: 'test/gateway/streamed-answer.test.ts', title: 'that takes nothing for ten minutes is gone' },
    ],
  },
  {
    id: 'F78',
    fault: 'The caller closes its sending half.',
    outcome: 'partial',
    tests: [
      {
        file: 'test/attack/raw-connections.test.ts',
        title: 'a caller that closes its half of the connection is taken for gone: it pays for what was made',
      },
    ],
    later: 'a runtime that can tell a connection that is half closed from one that is gone',
  },
  {
    id: 'F79',
    fault: 'The same idempotency key and body, twice at once.',
    outcome: 'replayed',
    tests: [
      {
        file: 'test/end-to-end/idempotency.test.ts',
        title: 'of two at once one runs, the other is told to wait, and then has the same answer',
      },
      { file: 'test/conformance/idempotency.test.ts', title: 'of fifty that come at once, one takes it' },
    ],
  },
  {
    id: 'F80',
    fault: 'The same idempotency key with another body.',
    outcome: 'refused',
    tests: [
      {
        file: 'test/gateway/idempotency.test.ts',
        title: 'with a body that differs in anything is refused, and nothing runs',
      },
    ],
  },
  {
    id: 'F81',
    fault: 'A client library sends a call again after a timeout.',
    outcome: 'replayed',
    tests: [
      {
        file: 'test/end-to-end/idempotency.test.ts',
        title: 'the openai package sends no key of its own; with one its repetitions cost nothing',
      },
      {
        file: 'test/gateway/idempotency.test.ts',
        title: 'a caller that hung up on a whole answer: the next attempt is a first one',
      },
      {
        file: 'test/end-to-end/idempotency-under-kill.long.test.ts',
        title: 'kill -9 while everybody repeats: a key is charged once at most',
      },
    ],
  },
  {
    id: 'F82',
    fault: 'A payment is reported five times.',
    outcome: 'once',
    later: 'payments and codes for credit',
  },
  {
    id: 'F83',
    fault: 'A payment is reported before the payer comes back.',
    outcome: 'once',
    later: 'payments and codes for credit',
  },
  {
    id: 'F84',
    fault: 'A payment is taken back after its credit was spent.',
    outcome: 'closed',
    later: 'payments and codes for credit',
  },
  {
    id: 'F85',
    fault: 'A body is larger than the limit, or than it said.',
    outcome: 'refused',
    tests: [
      { file: 'src/http/read-body.test.ts', title: 'size' },
      { file: 'test/end-to-end/bad-input.test.ts', title: 'a chunked body beyond the limit' },
    ],
  },
  {
    id: 'F86',
    fault: 'Headers or a body come a byte at a time.',
    outcome: 'refused',
    tests: [
      {
        file: 'src/http/read-body.test.ts',
        title: 'a body that trickles is given up at the deadline, however alive it looks',
      },
      {
        file: 'test/attack/slow-head.long.test.ts',
        title: 'a head that does not come to its end is given up, however alive the connection looks',
      },
    ],
  },
  {
    id: 'F87',
    fault: 'A connection is flooded with calls, or asks to become another protocol.',
    outcome: 'bounded',
    tests: [
      {
        file: 'test/attack/raw-connections.test.ts',
        title: 'a thousand calls down one connection at once: each is answered or none is charged',
      },
      {
        file: 'test/attack/raw-connections.test.ts',
        title: 'HTTP/2 from the first byte is closed, and a flood of its resets harms nobody',
      },
    ],
  },
  {
    id: 'F88',
    fault: 'Something on the way closes connections that are silent.',
    outcome: 'works',
    tests: [
      { file: 'src/gateway/stream-answer.test.ts', title: 'signs of life' },
      {
        file: 'test/gateway/streamed-answer.test.ts',
        title: 'heartbeats go out while nothing comes, also before the first byte',
      },
      {
        file: 'test/regression/silent-upstream.test.ts',
        title: 'an upstream that thinks for long is waited for',
      },
    ],
  },
];
