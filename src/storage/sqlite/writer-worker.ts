import { closeWriter, openConnection } from './connection.ts';
import { faultOf } from './fault.ts';
import { GroupCommit, type Reply } from './group-commit.ts';
import { LedgerWriter } from './ledger-writer.ts';
import { type PostedStatement, runStatementGroup } from './statement-group.ts';
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
    const ledger = new LedgerWriter(database);
    const commit = new GroupCommit<WorkerCall>(database, ([name, argument]) =>
      name === 'writeTogether'
        ? runStatementGroup(database, argument as readonly PostedStatement[])
        : // The names and arguments are those of `SqliteLedgerStore`, which is typed after the same class.
          ledger[name as LedgerCommandName](argument as never),
    );
    applyBatch = (calls) => commit.apply(calls);
    closeDatabase = () => closeWriter(database);
    return { value: null };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

type LedgerCommandName = {
  [Name in keyof LedgerWriter]: LedgerWriter[Name] extends (argument: never) => unknown ? Name : never;
}[keyof LedgerWriter];
