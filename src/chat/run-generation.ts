import { errorFact } from '../ports/error-fact.ts';
import type { GenerationEnd } from '../storage/chat-store.ts';
import { AnswerReader } from './answer-reader.ts';
import type { CallModel, ChatPorts } from './chat-ports.ts';
import { findBill, LOOKS_AFTER_HANG_UP, NO_BILL } from './find-bill.ts';
import { GenerationLog } from './generation-log.ts';
import type { GenerationRoom } from './generation-room.ts';

/** One begun generation. */
export interface Run {
  readonly generationId: string;
  readonly messageId: string;
  /** Who pays. */
  readonly organizationId: string;
  readonly bodyText: string;
}

/**
 * Lets a model write an answer to its end, whoever reads along or leaves. Resolves when its end is written; never
 * rejects: what could not be written is ended by whoever looks for abandoned generations.
 */
export function runGeneration(
  ports: ChatPorts & { readonly room: GenerationRoom },
  callModel: CallModel,
  run: Run,
): Promise<void> {
  const stop = new AbortController();
  const over = write(ports, callModel, run, stop).catch((error) => {
    ports.log.error('generation-not-written', { generation: run.generationId, error: errorFact(error) });
  });
  ports.room.enter(run.generationId, stop, over);
  return over;
}

async function write(
  ports: ChatPorts & { readonly room: GenerationRoom },
  callModel: CallModel,
  { generationId, messageId, organizationId, bodyText }: Run,
  stop: AbortController,
): Promise<void> {
  const { chats, clock, room } = ports;
  const startedMs = clock.monotonicMs();
  const reader = new AnswerReader();
  let firstTokenMs: number | null = null;
  let firstWordMs: number | null = null;
  const sinceStart = () => Math.round(clock.monotonicMs() - startedMs);
  const log = new GenerationLog(
    generationId,
    ports,
    (why) => stop.abort(why === 'over' ? 'cut' : 'stopped'),
    () => room.tell(generationId),
  );
  let failure: string | undefined;
  try {
    const answer = await callModel({ id: generationId, bodyText, signal: stop.signal });
    if (answer.kind === 'refused') {
      failure = answer.reason;
      reader.bill = NO_BILL;
    } else
      await readAll(answer.body, stop.signal, (bytes) => {
        const pieces = reader.push(bytes);
        if (pieces.length > 0) firstTokenMs ??= sinceStart();
        if (pieces.some(({ kind }) => kind === 'text')) firstWordMs ??= sinceStart();
        log.add(pieces);
        if (log.isFull) stop.abort('stopped');
      });
  } catch (error) {
    if (!stop.signal.aborted) {
      ports.log.error('generation-failed', { generation: generationId, error: errorFact(error) });
      failure = 'The connection to the model broke.';
    }
  }
  const durationMs = sinceStart();
  const number = await log.close();
  await chats.finish({
    ...{ generationId, messageId, text: log.text, reasoning: log.reasoning, number, firstTokenMs },
    reasoningMs: log.reasoning === '' ? 0 : (firstWordMs ?? durationMs) - (firstTokenMs ?? 0),
    durationMs,
    ...howItEnded(stop.signal, failure ?? reader.failure, reader.finishReason),
    ...(reader.bill ?? (await findBill(ports, organizationId, generationId, LOOKS_AFTER_HANG_UP))),
    atMs: clock.nowMs(),
  });
  room.tell(generationId);
}

function howItEnded(
  signal: AbortSignal,
  failure: string | undefined,
  finishReason: string | null,
): Pick<GenerationEnd, 'state' | 'reason'> {
  // Its bill has come, so it was whole before the wish to stop was heard.
  if (finishReason !== null && failure === undefined) return { state: 'done', reason: finishReason };
  if (signal.aborted) return { state: signal.reason === 'cut' ? 'cut' : 'stopped', reason: null };
  return failure === undefined ? { state: 'cut', reason: null } : { state: 'failed', reason: failure };
}

async function readAll(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  take: (bytes: Uint8Array) => void,
): Promise<void> {
  const reader = body.getReader();
  const cancel = () => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      take(value);
    }
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
