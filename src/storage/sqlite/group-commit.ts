import type { Database } from 'bun:sqlite';
import { type Fault, faultOf } from './fault.ts';

/** What became of one command of a batch. */
export type Reply = { readonly value: unknown } | { readonly fault: Fault };

/**
 * Runs commands in as few transactions as it can: all of them in one, with one sync of the disk. If one throws, the
 * batch is rolled back and its commands are run one by one, so that only the bad one fails. What is replied is
 * committed.
 */
export class GroupCommit<Command> {
  readonly #begin: () => void;
  readonly #commit: () => void;
  readonly #rollBack: () => void;
  readonly #run: (command: Command) => unknown;

  constructor(database: Database, run: (command: Command) => unknown) {
    // IMMEDIATE takes the write lock at once: a deferred transaction may fail when it first writes.
    const begin = database.prepare('BEGIN IMMEDIATE');
    const commit = database.prepare('COMMIT');
    const rollBack = database.prepare('ROLLBACK');
    this.#begin = () => begin.run();
    this.#commit = () => commit.run();
    this.#rollBack = () => {
      // A full disk or a failed write has ended the transaction already.
      if (database.inTransaction) rollBack.run();
    };
    this.#run = run;
  }

  apply(commands: readonly Command[]): Reply[] {
    try {
      this.#begin();
    } catch (error) {
      return commands.map(() => ({ fault: faultOf(error) }));
    }
    let replies: Reply[];
    try {
      replies = commands.map((command) => ({ value: this.#run(command) }));
    } catch (error) {
      this.#rollBack();
      return commands.length === 1 ? [{ fault: faultOf(error) }] : this.#applySingly(commands);
    }
    try {
      this.#commit();
      return replies;
    } catch (error) {
      this.#rollBack();
      return commands.map(() => ({ fault: faultOf(error) }));
    }
  }

  #applySingly(commands: readonly Command[]): Reply[] {
    let lost: Reply | undefined;
    return commands.map((command) => {
      // Each attempt would wait for the lock anew; the rest of the batch need not find out one after another.
      if (lost !== undefined) return lost;
      const reply = this.apply([command])[0] ?? {
        fault: { kind: 'bug', detail: 'a command without a reply' },
      };
      if ('fault' in reply && reply.fault.kind === 'locked') lost = reply;
      return reply;
    });
  }
}
