import type { Log, LogFacts } from '../ports/log.ts';

export type LogLevel = 'info' | 'warn' | 'error';

const RANK: Readonly<Record<LogLevel, number>> = { info: 0, warn: 1, error: 2 };

/** Lines that may wait for a slow reader of the log; beyond it they are dropped and counted. */
const BACKLOG_LINES = 10_000;

/** One JSON object a line, on the stream of its choice. JSON escapes line breaks, so nobody can forge a line. */
export function createJsonLog(stream: NodeJS.WritableStream, least: LogLevel, now: () => number): Log {
  let waiting = 0;
  let dropped = 0;
  // Whoever read the log may go away; a server that holds money does not go with them.
  stream.on('error', () => {});
  const write = (level: LogLevel, event: string, facts: LogFacts = {}) => {
    if (RANK[level] < RANK[least]) return;
    if (waiting >= BACKLOG_LINES) {
      dropped += 1;
      return;
    }
    const lost = dropped > 0 ? { droppedLines: dropped } : {};
    dropped = 0;
    waiting += 1;
    stream.write(
      `${JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...facts, ...lost })}\n`,
      () => {
        waiting -= 1;
      },
    );
  };
  return {
    info: (event, facts) => write('info', event, facts),
    warn: (event, facts) => write('warn', event, facts),
    error: (event, facts) => write('error', event, facts),
  };
}
