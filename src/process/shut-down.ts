import type { RunningServer } from '../http/server.ts';
import { sentencesIn } from '../language/sentences-in.ts';
import type { Program } from './compose.ts';
import type { Config } from './config.ts';
import { systemClock as clock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

/** Streams that are ended at a shut-down get this long to be charged and to say so. */
const LAST_WORDS_MS = 5_000;

/** Sockets that nobody closes are left behind after this. */
const LAST_SOCKETS_MS = 1_000;

/** No new calls; those under way are finished within the grace time, which `hurry` ends, or end in words. */
export async function drain(
  program: Program,
  server: RunningServer,
  config: Config,
  terminal: Terminal,
  hurry: AbortSignal,
): Promise<void> {
  const { notices } = sentencesIn(terminal.language);
  const { exchanges } = program;
  if (exchanges.count > 0) {
    terminal.write(`  ${notices.draining(exchanges.count, config.graceMs / 1_000)}\n`);
    if (terminal.isTerminal) terminal.write(`  ${notices.stopAtOnce}\n`);
  }
  const closed = server.stop(false);
  const left = await Promise.race([
    exchanges.drain(clock, config.graceMs, LAST_WORDS_MS),
    untilAborted(hurry).then(() => exchanges.drain(clock, 0, LAST_WORDS_MS)),
  ]);
  if (left > 0) terminal.write(`  ${notices.cutOff(left)}\n`);
  await Promise.race([closed, Bun.sleep(LAST_SOCKETS_MS)]);
  terminal.write(`  ${notices.stopped}\n`);
}

/** A supervisor may signal the launcher and the server at one moment; that is one wish and not two. */
const SAME_WISH_MS = 1_000;

/**
 * The first signal asks for an orderly end; the second one for an end at once, which still charges what was served and
 * says so; the third does not wait for that either, and leaves the rest to the next start.
 */
export function watchSignals(stop: AbortController): { hurry: AbortSignal; unwatch: () => void } {
  const hurry = new AbortController();
  let lastMs = Number.NEGATIVE_INFINITY;
  const onSignal = () => {
    const nowMs = clock.monotonicMs();
    if (nowMs - lastMs <= SAME_WISH_MS) return;
    lastMs = nowMs;
    if (hurry.signal.aborted) process.exit(130);
    if (stop.signal.aborted) {
      hurry.abort();
      setTimeout(() => process.exit(130), LAST_WORDS_MS + LAST_SOCKETS_MS).unref();
    }
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  const unwatch = () => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, onSignal);
  };
  return { hurry: hurry.signal, unwatch };
}

export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
