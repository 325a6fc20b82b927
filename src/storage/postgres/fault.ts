import { StorageConflict, StorageUnavailable } from '../storage-error.ts';

/**
 * What went wrong, by what may be done about it. `conflict`: a rule of the database was broken, sending it again cannot
 * help. `again`: the database took the work back because of somebody else's, and it may be done anew. `away`: the
 * connection is lost or was never there. `refused`: the server answered with an error of another kind.
 */
type Fault = 'conflict' | 'again' | 'away' | 'refused' | 'bug';

/** Serialization failure, deadlock, and a lock that was not to be had within the lock timeout. */
const AGAIN = ['40001', '40P01', '55P03'];

/** Of a server that stops or starts, and of connections that broke, were idle too long or may not be made. */
const AWAY = /^(?:08|57P|25P03|53300|3D000|28)/;

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Bun.SQL.PostgresError)) return 'bug';
  const { errno, code } = error;
  // Without a code of the server's it is Bun that speaks, and it speaks of connections; of our parameters otherwise.
  if (errno === undefined) return /CONNECTION|TIMEOUT|CLOSED|QUERY_CANCELLED/.test(code) ? 'away' : 'bug';
  if (errno.startsWith('23')) return 'conflict';
  if (AGAIN.includes(errno)) return 'again';
  return AWAY.test(errno) ? 'away' : 'refused';
}

/**
 * The error that the caller of a store gets. `sent` tells whether the failing work may have reached its end: an answer
 * of the server says that it has not, a broken connection says nothing.
 */
export function errorOf(error: unknown, sent: 'not-sent' | 'sent'): Error {
  if (error instanceof StorageUnavailable || error instanceof StorageConflict) return error;
  const detail = describe(error);
  switch (faultOf(error)) {
    case 'conflict':
      return new StorageConflict(ruleOf(error), detail);
    case 'again':
      return new StorageUnavailable('locked', 'not-done', `others kept the rows busy: ${detail}`);
    case 'away': {
      const outcome = sent === 'sent' ? 'unknown' : 'not-done';
      return new StorageUnavailable('broken', outcome, `the connection to the database failed: ${detail}`);
    }
    case 'refused': {
      const isLate = error instanceof Bun.SQL.PostgresError && error.errno === '57014';
      return new StorageUnavailable(
        isLate ? 'deadline' : 'broken',
        'not-done',
        `the database failed: ${detail}`,
      );
    }
    case 'bug':
      return error instanceof RangeError ? error : new Error(`a storage command failed: ${detail}`);
  }
}

function ruleOf(error: unknown): StorageConflict['rule'] {
  const errno = error instanceof Bun.SQL.PostgresError ? error.errno : undefined;
  if (errno === '23505') return 'unique';
  return errno === '23503' ? 'reference' : 'other';
}

/** The server's short sentence and the names of what it concerns; its details hold values of rows, and stay here. */
function describe(error: unknown): string {
  if (!(error instanceof Bun.SQL.PostgresError))
    return error instanceof Error ? error.message : String(error);
  const { errno, code, constraint, table } = error;
  return [errno ?? code, table, constraint].filter(Boolean).join(' ');
}
