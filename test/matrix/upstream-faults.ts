import type { MatrixRow } from './matrix-row.ts';

/** Of whatever answers a model. */
export const UPSTREAM_FAULTS: readonly MatrixRow[] = [
  {
    id: 'F46',
    fault: 'The upstream refuses the connection, has no address, or does not speak TLS.',
    outcome: 'voided',
    tests: [
      { file: 'src/upstream/openai-compatible.test.ts', title: 'why there is no answer' },
      {
        file: 'test/gateway/whole-answer.test.ts',
        title: 'an upstream that fails before it answers costs nothing',
      },
    ],
    later: 'switching between channels, and resting those that fail',
  },
  {
    id: 'F47',
    fault: "The upstream is silent before its answer's head.",
    outcome: 'voided',
    tests: [
      {
        file: 'test/gateway/whole-answer.test.ts',
        title: 'an upstream that never answers is given up at the deadline',
      },
    ],
    later: 'switching between channels, and resting those that fail',
  },
  {
    id: 'F48',
    fault: "The upstream is silent after its answer's head.",
    outcome: 'cut',
    tests: [
      { file: 'test/gateway/streamed-answer.test.ts', title: 'five minutes are borne, ten are not' },
      {
        file: 'test/gateway/whole-answer.test.ts',
        title: 'the body of an answer may take long as long as something comes; ten silent minutes end it',
      },
    ],
  },
  {
    id: 'F49',
    fault: 'The upstream sends a byte now and then, for ever.',
    outcome: 'cut',
    tests: [
      {
        file: 'test/gateway/stream-choices.test.ts',
        title: 'a trickle of bytes that never becomes an answer is ended at the total deadline',
      },
    ],
  },
  {
    id: 'F50',
    fault: 'The upstream resets its connection in mid-answer.',
    outcome: 'cut',
    tests: [
      { file: 'test/gateway/streamed-answer.test.ts', title: 'an answer that is cut looks cut' },
      {
        file: 'test/end-to-end/openai-sdk.test.ts',
        title: 'an upstream that breaks off in mid-stream throws',
      },
    ],
  },
  {
    id: 'F51',
    fault: 'The upstream closes cleanly without an end of the answer.',
    outcome: 'cut',
    tests: [{ file: 'test/gateway/streamed-answer.test.ts', title: 'an answer that is cut looks cut' }],
  },
  {
    id: 'F52',
    fault: 'Half an event stands at the end.',
    outcome: 'cut',
    tests: [{ file: 'test/gateway/streamed-answer.test.ts', title: 'an answer that is cut looks cut' }],
  },
  {
    id: 'F53',
    fault: 'A stream is cut into pieces anywhere, with any line ends.',
    outcome: 'works',
    tests: [
      {
        file: 'src/protocol/server-sent-events/parse-events.test.ts',
        title: 'any stream, cut anywhere, has the events that the standard says',
      },
      {
        file: 'src/protocol/server-sent-events/parse-events.test.ts',
        title: 'a line end of two characters that is cut in two is still one, and the next LF is another',
      },
    ],
  },
  {
    id: 'F54',
    fault: 'One event is no JSON.',
    outcome: 'cut',
    tests: [{ file: 'test/gateway/streamed-answer.test.ts', title: 'an answer that is cut looks cut' }],
  },
  {
    id: 'F55',
    fault: 'One event is JSON of another shape.',
    outcome: 'cut',
    tests: [{ file: 'test/gateway/streamed-answer.test.ts', title: 'an answer that is cut looks cut' }],
  },
  {
    id: 'F56',
    fault: 'An error stands in an answer of status 200.',
    outcome: 'voided',
    tests: [
      { file: 'src/protocol/xai-chat/response.test.ts', title: 'what is no answer, under a status of 200' },
      { file: 'test/gateway/stream-choices.test.ts', title: 'an answer that is no stream' },
    ],
  },
  {
    id: 'F57',
    fault: 'The upstream is too busy and says when to come back.',
    outcome: 'voided',
    tests: [
      {
        file: 'test/gateway/whole-answer.test.ts',
        title: 'an upstream that fails before it answers costs nothing',
      },
      { file: 'test/end-to-end/openai-sdk.test.ts', title: 'an upstream that is too busy: RateLimitError' },
      {
        file: 'test/gateway/substitutes.test.ts',
        title: 'after a fault of its own the next upstream answers; one bill, by the name of who answered',
      },
    ],
  },
  {
    id: 'F58',
    fault: 'The upstream says to come back in ten years.',
    outcome: 'bounded',
    tests: [
      {
        file: 'test/gateway/whole-answer.test.ts',
        title: 'an upstream that fails before it answers costs nothing',
      },
    ],
  },
  {
    id: 'F59',
    fault: 'The upstream fails with a 5xx before its first byte.',
    outcome: 'voided',
    tests: [
      {
        file: 'test/gateway/whole-answer.test.ts',
        title: 'an upstream that fails before it answers costs nothing',
      },
      {
        file: 'src/upstream/openai-compatible.test.ts',
        title: 'a connection that is reset before the head of an answer',
      },
      {
        file: 'test/gateway/substitutes.test.ts',
        title: 'after a fault of its own the next upstream answers; one bill, by the name of who answered',
      },
    ],
  },
  {
    id: 'F60',
    fault: 'The upstream fails all the time.',
    outcome: 'closed',
    tests: [
      {
        file: 'test/gateway/substitutes.test.ts',
        title: 'whoever failed is passed over for a while, and asked again after it',
      },
      {
        file: 'src/gateway/upstream-health.test.ts',
        title: 'each failure in a row doubles the rest, up to a minute; an answer ends it',
      },
    ],
  },
  {
    id: 'F61',
    fault: 'The upstream redirects.',
    outcome: 'refused',
    tests: [
      {
        file: 'src/upstream/openai-compatible.test.ts',
        title: 'a redirect is an answer and no order: the key goes nowhere else',
      },
      {
        file: 'test/console-api/connect.test.ts',
        title: 'redirects: the key does not follow',
      },
      {
        file: 'test/gateway/whole-answer.test.ts',
        title: 'an upstream that fails before it answers costs nothing',
      },
    ],
  },
  {
    id: 'F62',
    fault: 'The upstream sends a line or an answer without an end.',
    outcome: 'cut',
    tests: [
      { file: 'src/protocol/server-sent-events/parse-events.test.ts', title: 'memory is bounded' },
      { file: 'test/gateway/streamed-answer.test.ts', title: 'an answer that is cut looks cut' },
      {
        file: 'test/regression/whole-answer-beyond-its-bound.test.ts',
        title: 'one of 30 MB arrives whole; of one of 200 MB no more is taken than the bound',
      },
    ],
  },
  {
    id: 'F63',
    fault: 'The upstream writes on beyond what was asked for.',
    outcome: 'cut',
    tests: [
      {
        file: 'test/gateway/credit-of-streams.test.ts',
        title: 'is stopped as the limit says: a length finish, its usage and [DONE]',
      },
      {
        file: 'test/gateway/streamed-answer.test.ts',
        title: 'a stream grows its hold in steps and is cut in an orderly way when the credit is used up',
      },
      {
        file: 'test/gateway/streamed-answer.test.ts',
        title: 'an upstream that ignores its cap is charged to the operator, never below zero',
      },
    ],
  },
  {
    id: 'F64',
    fault: 'The upstream does not say what was used.',
    outcome: 'posted',
    tests: [
      { file: 'src/gateway/meter.test.ts', title: 'nobody reported anything: counted by us, and marked' },
    ],
  },
  {
    id: 'F65',
    fault: 'The upstream says it twice, or as a running figure.',
    outcome: 'posted',
    tests: [
      { file: 'src/gateway/meter.test.ts', title: 'a running figure: the last one wins' },
      {
        file: 'test/gateway/streamed-answer.test.ts',
        title: 'a running figure on every chunk is metered and never shown',
      },
    ],
  },
  {
    id: 'F66',
    fault: 'The upstream says less than it wrote.',
    outcome: 'posted',
    tests: [{ file: 'src/gateway/meter.test.ts', title: 'a figure below what was written is not believed' }],
  },
  {
    id: 'F67',
    fault: 'The upstream says what cannot be: less than nothing, 2^63, a text.',
    outcome: 'posted',
    tests: [
      {
        file: 'test/gateway/whole-answer.test.ts',
        title: 'a usage that is missing or absurd is counted by us and marked',
      },
      { file: 'src/protocol/xai-chat/usage.test.ts', title: 'whatever comes, what is read is sane' },
    ],
  },
  {
    id: 'F68',
    fault: 'The usage stands on an event that says the answer is incomplete.',
    outcome: 'posted',
    later: 'the Responses API',
  },
  {
    id: 'F69',
    fault: 'The upstream answers with another model than it was asked for.',
    outcome: 'posted',
    tests: [
      {
        file: 'test/gateway/whole-answer.test.ts',
        title: 'an answer by another model than was asked for is called and priced as what was asked for',
      },
    ],
  },
  {
    id: 'F70',
    fault: 'The upstream sends what was packed to explode.',
    outcome: 'cut',
    tests: [
      {
        file: 'test/attack/hostile-upstream.test.ts',
        title: 'an answer that is packed although nothing packed was asked for',
      },
    ],
  },
  {
    id: 'F71',
    fault: "The upstream's headers are hostile or endless.",
    outcome: 'masked',
    tests: [{ file: 'test/attack/hostile-upstream.test.ts', title: 'headers of an upstream' }],
  },
  {
    id: 'F72',
    fault: 'The upstream names an event that a page might run.',
    outcome: 'masked',
    tests: [{ file: 'test/attack/hostile-upstream.test.ts', title: 'events of an upstream' }],
  },
  {
    id: 'F73',
    fault: 'The upstream goes on generating although it was told to stop.',
    outcome: 'voided',
    tests: [
      {
        file: 'test/regression/upstream-runs-on-after-hang-up.test.ts',
        title: '5,000 readers hang up: 5,000 upstream calls are closed, each hold has one end, nothing stays',
      },
    ],
  },
];
