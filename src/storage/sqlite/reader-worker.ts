import type { SQLQueryBindings } from 'bun:sqlite';
import { auditDatabase } from './audit.ts';
import { openConnection } from './connection.ts';
import { faultOf } from './fault.ts';
import type { Reply } from './group-commit.ts';
import type { PostedStatement } from './statement-group.ts';
import type { WorkerCall, WorkerMessage, WorkerStart } from './worker-link.ts';

/** A worker for everything that may read many rows, on a connection of its own that cannot write. */
declare const self: Worker;

let answer: (call: WorkerCall) => unknown = () => null;
let closeDatabase = () => {};

self.onmessage = (event: MessageEvent<WorkerMessage>) => {
  const message = event.data;
  if (message === 'close') {
    closeDatabase();
    self.postMessage([{ value: null }]);
  } else if ('start' in message) {
    self.postMessage([replyTo(() => open(message.start))]);
  } else {
    self.postMessage(message.calls.map((call) => replyTo(() => answer(call))));
  }
};

function open({ path, busyTimeoutMs }: WorkerStart): null {
  const database = openConnection(path, { readonly: true, busyTimeoutMs });
  answer = ([name, argument]) => {
    if (name === 'audit') return auditDatabase(database, argument as string | undefined);
    const { sql, parameters } = argument as PostedStatement;
    return database.query<unknown, SQLQueryBindings[]>(sql).all(...(parameters as SQLQueryBindings[]));
  };
  closeDatabase = () => database.close();
  return null;
}

function replyTo(act: () => unknown): Reply {
  try {
    return { value: act() };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}
