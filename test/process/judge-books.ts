import type { Books, RequestRow, StatementRow } from './read-books.ts';
import type { ReceivedAnswer } from './witness-client.ts';
import type { SentAnswer } from './witness-upstream.ts';

/** The walk-through's prices of `grok-beta`, $5 and $15 a million tokens, written out: the judge asks nobody. */
const INPUT_TICKS = 50_000n;
const OUTPUT_TICKS = 150_000n;

/** What a server that is killed may lose of an open stream: a checkpoint, and the pace of a busy machine. */
const CHECKPOINT_MS = 5_000;
const LATE_CHECKPOINT_MS = 3_000;

/** Ends that leave a caller's answer cut; what had arrived of it is charged for all the same. */
const CUT = new Set(['client-gone', 'shut-down', 'cut-credit', 'cut-key', 'upstream-broke']);

export interface Evidence {
  readonly books: Books;
  readonly received: readonly ReceivedAnswer[];
  readonly sent: ReadonlyMap<number, readonly SentAnswer[]>;
  /** When servers were killed. */
  readonly killedAtMs?: readonly number[];
}

/**
 * Holds what a server's books say against what its upstream sent and its callers received. It shares no code with the
 * ledger: its arithmetic is its own, and so is what it believes. Answers in words what does not agree; nothing is good.
 */
export function judgeBooks(evidence: Evidence): string[] {
  return [
    ...judgeAudit(evidence.books),
    ...judgeStatement(evidence.books),
    ...judgeCharges(evidence),
    ...judgeCallers(evidence),
  ];
}

function judgeAudit({ audit }: Books): string[] {
  const found = audit.findings.map((finding) => `the audit found ${JSON.stringify(finding)}`);
  if (audit.live_holds + audit.lost_holds > 0 || audit.held_ticks !== '0') {
    found.push(
      `held: ${audit.held_ticks} ticks by ${audit.live_holds} live and ${audit.lost_holds} lost holds`,
    );
  }
  return found;
}

/** Folds the statement: each request has one hold at most and one end, and pays what its row says. */
function judgeStatement({ audit, requests, statement }: Books): string[] {
  const found: string[] = [];
  const sum = (lines: readonly StatementRow[], account: string) =>
    lines
      .filter((line) => line.account === account)
      .reduce((total, line) => total + BigInt(line.amount_ticks), 0n);
  if (sum(statement, 'available') !== BigInt(audit.available_ticks))
    found.push(`the lines add up to ${sum(statement, 'available')}, the audit says ${audit.available_ticks}`);

  const lines = Map.groupBy(statement, ({ request_id }) => request_id ?? '');
  lines.delete('');
  const rows = new Map(requests.map((row) => [row.request_id, row]));
  if (rows.size !== requests.length) found.push('a request is recorded twice');
  for (const [id, own] of lines) {
    if (sum(own, 'held') !== 0n) found.push(`${id}: ${sum(own, 'held')} ticks of its hold have no end`);
    const ends = new Set(
      own.filter(({ kind }) => kind === 'charge' || kind === 'release').map((line) => line.transaction_id),
    );
    if (ends.size > 1) found.push(`${id}: ended ${ends.size} times`);
    const row = rows.get(id);
    if (row === undefined) found.push(`${id}: money without a request`);
    else if (sum(own, 'available') !== -BigInt(row.cost_ticks))
      found.push(`${id}: the account paid ${-sum(own, 'available')}, its row says ${row.cost_ticks}`);
  }
  for (const row of requests) {
    if (row.cost_ticks !== '0' && !lines.has(row.request_id))
      found.push(`${row.request_id}: a cost without money`);
  }
  return found;
}

/** Each charge is for a call that was sent that much, at the published price, and no call is charged twice. */
function judgeCharges({ books, sent, killedAtMs = [] }: Evidence): string[] {
  const found: string[] = [];
  const charged = new Map<number, RequestRow>();
  for (const row of books.requests) {
    if (row.cost_ticks === '0') continue;
    // The upstream counts a call's own number as its prompt.
    const call = row.input_tokens;
    const name = `${row.request_id} (call ${call}, ${row.outcome})`;
    const answers = sent.get(call) ?? [];
    const most = Math.max(0, ...answers.map(({ pieceTimesMs }) => pieceTimesMs.length));
    if (answers.length === 0) found.push(`${name}: charged, and the upstream was never called`);
    if (row.output_tokens > most)
      found.push(`${name}: charged ${row.output_tokens} tokens, sent were ${most}`);
    if (BigInt(row.cost_ticks) !== priceOf(call, row.output_tokens))
      found.push(`${name}: ${row.cost_ticks} ticks is not the price of ${row.output_tokens} tokens`);
    if (row.uncollected_ticks !== '0') found.push(`${name}: ${row.uncollected_ticks} ticks are uncollected`);
    if (charged.has(call)) found.push(`${name}: charged before, as ${charged.get(call)?.request_id}`);
    charged.set(call, row);
  }
  for (const [call, answers] of sent) {
    const owed = Math.max(...answers.map(({ pieceTimesMs }) => certainlyNoted(pieceTimesMs, killedAtMs)));
    const paid = charged.get(call)?.output_tokens ?? 0;
    if (paid < owed) found.push(`call ${call}: charged ${paid} tokens, noted before the crash were ${owed}`);
  }
  return found;
}

/** Pieces of a stream that its last checkpoint before a crash must hold; 0 where no crash ended it. */
function certainlyNoted(pieceTimesMs: readonly number[], killedAtMs: readonly number[]): number {
  const last = pieceTimesMs.at(-1) ?? 0;
  const killed = killedAtMs.find((atMs) => last <= atMs && last > atMs - CHECKPOINT_MS);
  if (killed === undefined) return 0;
  return pieceTimesMs.filter((atMs) => atMs < killed - CHECKPOINT_MS - LATE_CHECKPOINT_MS).length;
}

/** What callers hold in hands is true: their bills are in the books, and they read nothing that nobody sent. */
function judgeCallers({ books, received, sent }: Evidence): string[] {
  const rows = new Map(books.requests.map((row) => [row.request_id, row]));
  return received.flatMap((answer) => {
    const found: string[] = [];
    const name = `call ${answer.call} (${answer.requestId ?? 'no id'})`;
    const row = rows.get(answer.requestId ?? '');
    const answers = sent.get(answer.call) ?? [];
    const most = Math.max(0, ...answers.map(({ pieceTimesMs }) => pieceTimesMs.length));
    if (answer.pieces > most) found.push(`${name}: read ${answer.pieces} pieces, sent were ${most}`);
    if (answer.isDone && !answers.some(({ end }) => end === 'whole'))
      found.push(`${name}: looks whole, and the upstream did not finish it`);
    if (answer.isDone && answer.pieces !== most)
      found.push(`${name}: looks whole with ${answer.pieces} of ${most} pieces`);
    if (answer.isEnded && answer.status === 200 && !answer.isDone && answer.errorCode === undefined)
      found.push(`${name}: ended in the middle without a word`);
    if (answer.billTicks !== undefined && row?.outcome !== 'completed')
      found.push(`${name}: its caller holds a bill, the books say ${row?.outcome ?? 'nothing'}`);
    else if (answer.billTicks !== undefined && String(answer.billTicks) !== row?.cost_ticks)
      found.push(`${name}: its caller's bill is ${answer.billTicks}, the books say ${row?.cost_ticks}`);
    if (row !== undefined && CUT.has(row.outcome) && row.output_tokens < answer.pieces)
      found.push(`${name}: read ${answer.pieces} pieces and was charged for ${row.output_tokens}`);
    if (answer.status !== 200 && row !== undefined && row.cost_ticks !== '0' && answer.isEnded)
      found.push(`${name}: was refused with ${answer.status} and charged ${row.cost_ticks}`);
    return found;
  });
}

function priceOf(inputTokens: number, outputTokens: number): bigint {
  return BigInt(inputTokens) * INPUT_TICKS + BigInt(outputTokens) * OUTPUT_TICKS;
}
