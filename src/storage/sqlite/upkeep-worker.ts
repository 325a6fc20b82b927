import type { CopyRequest } from '../upkeep.ts';
import { copyDatabase } from './backup-file.ts';
import { openConnection } from './connection.ts';
import { faultOf } from './fault.ts';
import type { Reply } from './group-commit.ts';
import { rebuildProjections } from './rebuild.ts';
import type { WorkerCall, WorkerMessage, WorkerStart } from './worker-link.ts';

/** A worker for what takes long and is seldom: whoever needs it starts one and closes it. */
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
  const database = openConnection(path, { readonly: false, busyTimeoutMs });
  answer = ([name, argument]) => {
    if (name === 'copy') return copyDatabase(database, argument as CopyRequest);
    if (name === 'isSound') return database.query('PRAGMA quick_check(1)').values()[0]?.[0] === 'ok';
    if (name !== 'rebuild') throw new Error(`no such upkeep: ${name}`);
    rebuildProjections(database);
    return null;
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
