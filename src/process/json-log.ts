import type { Clock } from '../ports/clock.ts';
import type { Log, LogFacts } from '../ports/log.ts';

export type LogLevel = 'info' | 'warn' | 'error';

const RANK: Readonly<Record<LogLevel, number>> = { info: 0, warn: 1, error: 2 };

/** Lines that may wait for a slow reader of the log; beyond it they are dropped and counted. */
const BACKLOG_LINES = 10_000;

/** A busy log is written no sooner than so long after the last time: a write costs more than its lines do. */
const GATHER_MS = 10;

/**
 * One JSON object a line, on the stream of its choice. JSON escapes line breaks, so nobody can forge a line. The lines of
 * one turn of the event loop are written together, and under load those of a few turns.
 */
export function createJsonLog(stream: NodeJS.WritableStream, least: LogLevel, clock: Clock): Log {
  let unwritten = '';
  let unwrittenLines = 0;
  let waiting = 0;
  let dropped = 0;
  let flushedMs = Number.NEGATIVE_INFINITY;
  const flushSoon = () => {
    const leftMs = flushedMs + GATHER_MS - clock.monotonicMs();
    if (leftMs > 0) clock.after(leftMs, flush);
    else setImmediate(flush);
  };
  const flush = () => {
    if (unwrittenLines === 0) return;
    const lines = unwrittenLines;
    const text = unwritten;
    unwritten = '';
    unwrittenLines = 0;
    flushedMs = clock.monotonicMs();
    stream.write(text, () => {
      waiting -= lines;
    });
  };
  process.once('exit', flush);
  // Whoever read the log may go away; a server that holds money does not go with them.
  stream.on('error', () => {});
  let timeMs = Number.NaN;
  let time = '';
  /** Busy lines share their millisecond. */
  const timeText = (atMs: number) => {
    if (atMs !== timeMs) {
      timeMs = atMs;
      time = new Date(atMs).toISOString();
    }
    return time;
  };
  const write = (level: LogLevel, event: string, facts: LogFacts = {}) => {
    if (RANK[level] < RANK[least]) return;
    if (waiting >= BACKLOG_LINES) {
      dropped += 1;
      return;
    }
    waiting += 1;
    if (unwrittenLines === 0) flushSoon();
    unwrittenLines += 1;
    const more = JSON.stringify(dropped > 0 ? { ...facts, droppedLines: dropped } : facts).slice(1);
    dropped = 0;
    const head = `{"time":"${timeText(clock.nowMs())}","level":"${level}","event":${JSON.stringify(event)}`;
    unwritten += more === '}' ? `${head}}\n` : `${head},${more}\n`;
  };
  return {
    info: (event, facts) => write('info', event, facts),
    warn: (event, facts) => write('warn', event, facts),
    error: (event, facts) => write('error', event, facts),
  };
}
