import { closeWriter, openConnection } from './connection.ts';
import { faultOf } from './fault.ts';
import { GroupCommit, type Reply } from './group-commit.ts';
import type { JournalPosition } from './journal/journal.ts';
import { type PostedStatement, runStatementGroup } from './statement-group.ts';
import { JournalApplier } from './tables/apply-journal.ts';
import type { WorkerCall, WorkerMessage, WorkerStart } from './worker-link.ts';

/** The one writer: a worker that owns the only connection that writes. */
declare const self: Worker;

let applyBatch: (calls: readonly WorkerCall[]) => Reply[] = () => [];
let closeDatabase = () => {};

self.onmessage = (event: MessageEvent<WorkerMessage>) => {
  const message = event.data;
  if (message === 'close') {
    closeDatabase();
    self.postMessage([{ value: null }]);
  } else if ('start' in message) {
    self.postMessage([open(message.start)]);
  } else {
    self.postMessage(applyBatch(message.calls));
  }
};

function open({ path, busyTimeoutMs }: WorkerStart): Reply {
  try {
    const database = openConnection(path, { readonly: false, busyTimeoutMs });
    const journal = new JournalApplier(database, path);
    const commit = new GroupCommit<WorkerCall>(database, ([name, argument]) =>
      name === 'applyJournal'
        ? journal.apply(argument as JournalPosition)
        : runStatementGroup(database, argument as readonly PostedStatement[]),
    );
    applyBatch = (calls) => commit.apply(calls);
    closeDatabase = () => closeWriter(database);
    return { value: null };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}
