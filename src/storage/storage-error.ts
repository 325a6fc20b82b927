/**
 * The database did not do its part. Whether the command was carried out is told by `outcome`; when it is
 * `unknown`, the same command with the same id may be sent again.
 */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
  readonly reason: UnavailableReason;
  readonly outcome: 'not-done' | 'unknown';

  constructor(reason: UnavailableReason, outcome: 'not-done' | 'unknown', detail: string) {
    super(detail);
    this.reason = reason;
    this.outcome = outcome;
  }
}

export type UnavailableReason =
  | 'overloaded' // more is waiting than may wait
  | 'deadline' // no answer in time
  | 'locked' // another process holds the database
  | 'closed'
  | 'damaged' // the file was found damaged while it was in use
  | 'broken'; // the disk is full, the file cannot be written, or the engine died

/**
 * A command broke a rule that the database keeps (uniqueness, a missing owner, a check) and that its port has no
 * answer for. It was not carried out; sending it again cannot help.
 */
export class StorageConflict extends Error {
  override readonly name = 'StorageConflict';
  readonly rule: ConflictRule;

  constructor(rule: ConflictRule, detail: string) {
    super(detail);
    this.rule = rule;
  }
}

export type ConflictRule =
  | 'unique'
  | 'reference' // what it refers to does not exist
  | 'other';

/** The database cannot be opened as it is. The message says what is wrong and what to do about it. */
export class StorageNotOpened extends Error {
  override readonly name = 'StorageNotOpened';
  readonly reason: NotOpenedReason;

  constructor(reason: NotOpenedReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

export type NotOpenedReason =
  | 'not-a-database'
  | 'not-ours' // a database of another program
  | 'backup' // of ours, and to be restored, not opened
  | 'half-restored' // a restore over it was interrupted
  | 'newer' // written by a newer Turnpike
  | 'changed' // a migration was applied that differs from the program's
  | 'damaged'
  | 'read-only'
  | 'locked'
  | 'unreachable' // no such folder, no permission; no server at this address
  | 'no-access' // the server refuses the user or the password
  | 'no-database' // the server has no database of this name
  | 'too-old' // a server that lacks what is needed
  | 'wrong-encoding'; // a database that cannot store every text
