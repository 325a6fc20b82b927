import type { Clock } from '../../ports/clock.ts';
import type { EncodeAnswer, EncodeJob, WorkerMessage } from './encode-worker.ts';
import type { Vocabulary } from './vocabulary.ts';

/** How long a job may wait for its turn, and again how long it may run. */
const JOB_DEADLINE_MS = 2_000;
/** Jobs waiting for the worker; what comes on top is refused at once. */
export const QUEUE_MAX_JOBS = 64;
/** UTF-16 code units waiting for the worker, so that the queue's memory is bounded too. */
const QUEUE_MAX_CHARS = 64 * 1024 * 1024;

/** Why a job has no answer. `broken`: the worker died while it had the job. */
export type EncodeFailure = 'timed-out' | 'overloaded' | 'broken' | 'closed';

export interface EncodeQueue {
  /** Encodes in the worker. Never rejects, and never takes longer than twice `JOB_DEADLINE_MS`. */
  run(job: EncodeJob): Promise<EncodeAnswer | EncodeFailure>;
  /** Stops the worker; jobs that have no answer yet get `closed`. */
  close(): void;
}

interface Waiting {
  readonly job: EncodeJob;
  readonly chars: number;
  readonly settle: (outcome: EncodeAnswer | EncodeFailure) => void;
  cancelDeadline: () => void;
}

/**
 * One worker thread, started at the first job, that gets one job at a time: so a job that outlives its
 * deadline is ended together with the worker and takes no other job with it. The next job starts another.
 */
export function createEncodeQueue(
  vocabulary: () => Vocabulary,
  clock: Clock,
  workerUrl: URL | string,
): EncodeQueue {
  const waiting: Waiting[] = [];
  let waitingChars = 0;
  let running: Waiting | undefined;
  let worker: Worker | undefined;
  let closed = false;

  function startWorker(): Worker {
    // The browser's type of a worker knows no `unref`; Bun's has it.
    const started = new Worker(workerUrl) as Worker & { unref(): void };
    // The thread alone does not keep the process alive; a job does, by its deadline's timer.
    started.unref();
    started.onmessage = ({ data }: MessageEvent<EncodeAnswer>) => {
      if (started === worker) finish(data);
    };
    started.onerror = (event) => {
      event.preventDefault();
      if (started !== worker) return;
      dropWorker();
      finish('broken');
    };
    const message: WorkerMessage = { vocabulary: vocabulary() };
    started.postMessage(message);
    return started;
  }

  function dropWorker() {
    worker?.terminate();
    worker = undefined;
  }

  function finish(outcome: EncodeAnswer | EncodeFailure) {
    const done = running;
    running = undefined;
    done?.cancelDeadline();
    done?.settle(outcome);
    startNext();
  }

  function startNext() {
    if (running !== undefined) return;
    const next = waiting.shift();
    if (next === undefined) return;
    waitingChars -= next.chars;
    next.cancelDeadline();
    running = next;
    next.cancelDeadline = clock.after(JOB_DEADLINE_MS, () => {
      dropWorker();
      finish('timed-out');
    });
    worker ??= startWorker();
    const message: WorkerMessage = { job: next.job };
    worker.postMessage(message);
  }

  return {
    run(job) {
      const chars = job.texts.reduce((total, text) => total + text.length, 0);
      if (closed) return Promise.resolve('closed');
      if (waiting.length >= QUEUE_MAX_JOBS || waitingChars + chars > QUEUE_MAX_CHARS) {
        return Promise.resolve('overloaded');
      }
      return new Promise((settle) => {
        const entry: Waiting = { job, chars, settle, cancelDeadline: () => {} };
        entry.cancelDeadline = clock.after(JOB_DEADLINE_MS, () => {
          waiting.splice(waiting.indexOf(entry), 1);
          waitingChars -= chars;
          settle('timed-out');
        });
        waiting.push(entry);
        waitingChars += chars;
        startNext();
      });
    },
    close() {
      closed = true;
      dropWorker();
      for (const entry of [...(running ? [running] : []), ...waiting.splice(0)]) {
        entry.cancelDeadline();
        entry.settle('closed');
      }
      running = undefined;
      waitingChars = 0;
    },
  };
}
