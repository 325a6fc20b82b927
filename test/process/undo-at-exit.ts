/**
 * What tests leave in the system (mounts, loop devices, stopped processes) outlives them unless it is undone, also
 * when they are ended in the middle. Each undoing is synchronous, because nothing else runs at a process's end.
 */
const undoings = new Set<() => void>();

/** Has something undone when this process ends, however it is ended but by kill -9. The answer takes it back. */
export function undoAtExit(undo: () => void): () => void {
  if (undoings.size === 0) watch();
  undoings.add(undo);
  return () => void undoings.delete(undo);
}

let isWatching = false;

function watch(): void {
  if (isWatching) return;
  isWatching = true;
  process.on('exit', undoAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      undoAll();
      process.kill(process.pid, signal);
    });
  }
}

function undoAll(): void {
  for (const undo of undoings) undo();
  undoings.clear();
}
