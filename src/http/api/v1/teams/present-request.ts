import { readKeylessId } from '../../../../domain/keyless.ts';
import type { RequestOutcome, RequestRecord } from '../../../../storage/usage-store.ts';
import type { RequestResult, RequestRow } from '../../wire/requests.ts';

const RESULT: Readonly<Record<RequestOutcome, RequestResult>> = {
  completed: 'answered',
  'cut-credit': 'cut',
  'cut-limit': 'cut',
  'cut-key': 'cut',
  'client-gone': 'client-left',
  refused: 'refused',
  'upstream-broke': 'failed',
  failed: 'failed',
  'shut-down': 'failed',
  interrupted: 'failed',
};

/** The outcomes that a page calls by one name. */
export function outcomesOf(result: RequestResult): readonly RequestOutcome[] {
  return (Object.keys(RESULT) as RequestOutcome[]).filter((outcome) => RESULT[outcome] === result);
}

/** A request as lists show it; which channel answered is not among it. `names` are those of the team's keys. */
export function presentRequest(record: RequestRecord, names: ReadonlyMap<string, string>): RequestRow {
  const { usage } = record;
  const keyless = readKeylessId(record.keyId);
  return {
    id: record.requestId,
    atMs: record.atMs,
    model: record.model,
    source: {
      kind: keyless?.door ?? 'key',
      keyId: keyless === undefined ? record.keyId : null,
      name: names.get(record.keyId) ?? null,
      userId: record.userId,
    },
    result: RESULT[record.outcome],
    outcome: record.outcome,
    httpStatus: record.httpStatus,
    failureCode: record.failureCode,
    streamed: record.streamed,
    simulated: record.simulated,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens + usage.reasoningTokens,
    timeToFirstTokenMs: record.timeToFirstTokenMs,
    durationMs: record.durationMs,
    costTicks: String(record.costTicks),
  };
}

/** The names of a team's keys by id. */
export function namesOf(
  keys: readonly { readonly id: string; readonly name: string }[],
): ReadonlyMap<string, string> {
  return new Map(keys.map(({ id, name }) => [id, name]));
}
