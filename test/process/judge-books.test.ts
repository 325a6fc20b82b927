import { describe, expect, test } from 'bun:test';
import { type Evidence, judgeBooks } from './judge-books.ts';
import type { RequestRow, StatementRow } from './read-books.ts';
import type { ReceivedAnswer } from './witness-client.ts';
import type { SentAnswer } from './witness-upstream.ts';

/** A judge that finds nothing is worth as much as the proof that it would have. */

const ID = '00000000-0000-4000-8000-000000000001';
const GRANT = 1_000_000n;
const COST = 7n * 50_000n + 2n * 150_000n;

function line(kind: string, account: 'available' | 'held', ticks: bigint, transaction: string): StatementRow {
  const request_id = kind === 'grant' ? null : ID;
  return { transaction_id: transaction, request_id, kind, account, amount_ticks: String(ticks) };
}

const STATEMENT: readonly StatementRow[] = [
  line('grant', 'available', GRANT, 'grant'),
  line('hold', 'available', -900_000n, 'hold'),
  line('hold', 'held', 900_000n, 'hold'),
  line('charge', 'held', -COST, 'end'),
  line('release', 'held', COST - 900_000n, 'end'),
  line('release', 'available', 900_000n - COST, 'end'),
];
const ROW: RequestRow = {
  request_id: ID,
  outcome: 'completed',
  http_status: 200,
  input_tokens: 7,
  output_tokens: 2,
  cost_ticks: String(COST),
  uncollected_ticks: '0',
};
const RECEIVED: ReceivedAnswer = {
  call: 7,
  streamed: true,
  status: 200,
  requestId: ID,
  pieces: 2,
  billTicks: COST,
  isDone: true,
  errorCode: undefined,
  isEnded: true,
};
const SENT: SentAnswer = { call: 7, pieceTimesMs: [1, 2], end: 'whole' };

interface Doctored {
  readonly audit?: Partial<Evidence['books']['audit']>;
  readonly requests?: readonly RequestRow[];
  readonly statement?: readonly StatementRow[];
  readonly received?: Partial<ReceivedAnswer>;
  readonly sent?: readonly SentAnswer[];
  readonly killedAtMs?: readonly number[];
}

function judge({
  audit,
  requests = [ROW],
  statement = STATEMENT,
  received,
  sent = [SENT],
  ...more
}: Doctored = {}) {
  const available_ticks = String(GRANT - COST);
  const books = {
    audit: { findings: [], live_holds: 0, lost_holds: 0, available_ticks, held_ticks: '0', ...audit },
    requests,
    statement,
  };
  const answers = new Map(sent.length === 0 ? [] : [[7, sent]]);
  return judgeBooks({ books, received: [{ ...RECEIVED, ...received }], sent: answers, ...more }).join('\n');
}

test('books that agree with everybody are good', () => {
  expect(judge()).toBe('');
});

describe('the judge finds', () => {
  const cases: readonly [name: string, doctored: Doctored, words: string][] = [
    ['a hold without an end', { audit: { lost_holds: 1 } }, '1 lost holds'],
    ['what the audit found', { audit: { findings: ['x'] } }, 'the audit found "x"'],
    ['credit that no line explains', { audit: { available_ticks: '1' } }, 'the audit says 1'],
    [
      'a request that is gone although it was billed',
      { requests: [], statement: STATEMENT.slice(0, 1) },
      'the books say nothing',
    ],
    [
      'a bill that is recorded as interrupted',
      { requests: [{ ...ROW, outcome: 'interrupted' }] },
      'interrupted',
    ],
    ['a bill of another sum', { received: { billTicks: 1n } }, "caller's bill is 1"],
    [
      'a hold that ends twice',
      { statement: [...STATEMENT, line('charge', 'held', -1n, 'again')] },
      'ended 2 times',
    ],
    ['a hold that is not given back', { statement: STATEMENT.slice(0, 4) }, 'have no end'],
    ['a call charged under two ids', { requests: [ROW, { ...ROW, request_id: 'other' }] }, 'charged before'],
    ['a cost without money', { statement: STATEMENT.slice(0, 1) }, 'a cost without money'],
    ['a charge for more than was sent', { sent: [{ ...SENT, pieceTimesMs: [1] }] }, 'sent were 1'],
    ['a charge for a call that nobody made', { sent: [] }, 'never called'],
    ['a wrong price', { requests: [{ ...ROW, output_tokens: 1 }] }, 'is not the price'],
    ['an answer that looks whole and is not', { sent: [{ ...SENT, end: 'cut' }] }, 'did not finish'],
    ['an answer that ends without a word', { received: { isDone: false } }, 'without a word'],
    ['a word that nobody sent', { received: { pieces: 3 } }, 'read 3 pieces'],
    [
      'a hang-up that is charged for less than was read',
      {
        requests: [{ ...ROW, outcome: 'client-gone', output_tokens: 1 }],
        received: { billTicks: undefined },
      },
      'was charged for 1',
    ],
    [
      'a crash that loses more than a checkpoint',
      {
        requests: [{ ...ROW, outcome: 'interrupted', input_tokens: 0, output_tokens: 0, cost_ticks: '0' }],
        statement: STATEMENT.slice(0, 1),
        received: { billTicks: undefined },
        sent: [{ ...SENT, pieceTimesMs: [1_000, 9_000] }],
        killedAtMs: [10_000],
      },
      'noted before the crash were 1',
    ],
    [
      'a refusal that is charged',
      { received: { status: 503, isDone: false, errorCode: 'x' } },
      'was refused with 503',
    ],
  ];
  for (const [name, doctored, words] of cases) {
    test(name, () => expect(judge(doctored)).toContain(words));
  }
});
