/** How often the parent's number is looked at, in case the pipe to it outlives it. */
const LOOK_EVERY_MS = 2_000;

/** Calls `onGone` when the process that started this one is no more, however it ended. */
export function watchParent(onGone: () => void): void {
  // The parent holds the other end of our standard input and writes one line; its end is the parent's end.
  process.stdin.on('end', onGone);
  process.stdin.on('error', onGone);
  process.stdin.resume();
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, LOOK_EVERY_MS).unref();
}
