/**
 * Time as the lower floors receive it. Nothing below `process/` reads the system clock, so a test or the
 * simulator can put a clock of its own in its place and let hours pass at once.
 */
export interface Clock {
  /** Wall-clock time in milliseconds since the Unix epoch. May jump; use it for dates, never for waiting. */
  nowMs(): number;
  /** Monotonic time in milliseconds from an arbitrary origin, with a fraction. Use it for intervals. */
  monotonicMs(): number;
  /** Calls `run` once after `delayMs`. The answer cancels it; cancelling after it ran does nothing. */
  after(delayMs: number, run: () => void): () => void;
}

/** Resolves after `delayMs`, or rejects with the signal's reason as soon as the signal is aborted. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** What the promise answers if it does so within `waitMs`, else undefined; the promise itself goes on. */
export function within<T>(clock: Clock, waitMs: number, promise: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(waitMs, () => resolve(undefined));
    promise.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (reason) => {
        cancel();
        reject(reason);
      },
    );
  });
}
