import type { ReservedSQL, SQL } from 'bun';
import { isWorthNoting } from '../key-use.ts';
import { MemoryLedgerStore } from '../memory/ledger-store.ts';
import { MemoryUsageStore } from '../memory/usage-store.ts';
import { StorageConflict, StorageUnavailable } from '../storage-error.ts';
import { reserve } from './connection.ts';
import type { Connections } from './connections.ts';
import { errorOf, faultOf } from './fault.ts';
import { type LedgerCommand, needsOf } from './ledger-needs.ts';
import type { Reply } from './ledger-queue.ts';
import type { LedgerSlice } from './ledger-slice.ts';
import { loadSlice } from './load-slice.ts';
import { saveSlice } from './save-slice.ts';

/**
 * A batch that lost against another process's (a deadlock, a lock that was not to be had, an id that came at the same
 * moment), or that found a broken connection before it wrote anything, is done anew so often.
 */
const ATTEMPTS = 4;

/** So that the pool learns which of its connections are broken; a server that restarts breaks them all at once. */
const PAUSE_MS = 25;

/** About 100 bytes each. Forgetting them costs a write for each key in use. */
const MAXIMUM_NOTED_KEYS = 100_000;

/**
 * Carries out the ledger's commands, a batch in a transaction: it locks the wallets concerned and reads their rows,
 * lets the memory engine decide, command by command, and writes what has changed with the commit. That is two ways to
 * the database and back, for one command or for hundreds. If a command breaks its batch, all are done again one by one,
 * so that only the bad one fails.
 */
export class LedgerDesk {
  readonly #connections: Connections;
  readonly #deadlineMs: number;
  #connection: ReservedSQL | undefined;
  /** By key id, so that a key in constant use is not written each time. */
  readonly #notedAtMs = new Map<string, number>();

  constructor(connections: Connections, deadlineMs: number) {
    this.#connections = connections;
    this.#deadlineMs = deadlineMs;
  }

  /** Answers each command in its place; never rejects. */
  async carryOut(commands: readonly LedgerCommand[]): Promise<readonly Reply[]> {
    if (commands.length > 1 && commands.some(isExpiring)) return this.#apart(commands);
    for (let attempt = 1; ; attempt += 1) {
      const work = new BatchWork(commands);
      try {
        const connection = this.#connection ?? (await reserve(this.#connections.pool, this.#deadlineMs));
        this.#connection = connection;
        const replies = await work.run(connection, (keyId) => this.#notedAtMs.get(keyId));
        this.#connections.heard();
        this.#note(work.keyUses);
        return replies;
      } catch (error) {
        const fault = error instanceof DOMException ? 'away' : faultOf(error);
        await this.#giveBack(fault);
        const mayRepeat = attempt < ATTEMPTS && (fault === 'again' || (fault === 'away' && !work.isWriting));
        if (mayRepeat && fault === 'away') await Bun.sleep(attempt * PAUSE_MS);
        if (mayRepeat) continue;
        if (fault === 'conflict' && commands.length === 1 && attempt < ATTEMPTS) continue;
        const isOwnFault = fault === 'conflict' || fault === 'bug';
        if (isOwnFault && commands.length > 1) return this.#oneByOne(commands);
        const failure = failureOf(error, work.isWriting);
        return commands.map(() => ({ error: failure }));
      }
    }
  }

  /** What ends all holds of a slice that are not of the living must not see those of other commands. */
  async #apart(commands: readonly LedgerCommand[]): Promise<readonly Reply[]> {
    const others = commands.filter((command) => !isExpiring(command));
    const replies = new Map<LedgerCommand, Reply | undefined>();
    if (others.length > 0) {
      const answered = await this.carryOut(others);
      for (const [index, command] of others.entries()) replies.set(command, answered[index]);
    }
    for (const command of commands.filter(isExpiring)) {
      replies.set(command, (await this.carryOut([command]))[0]);
    }
    return commands.map(
      (command) => replies.get(command) ?? { error: new Error('a command without a reply') },
    );
  }

  /** Breaks the connection off: what runs on it fails, and the next batch begins on another one. */
  abandon(): void {
    this.#connection?.close({ timeout: 0 }).catch(() => {});
    this.#connection = undefined;
    this.#connections.renewIfSilent(this.#deadlineMs);
  }

  async #oneByOne(commands: readonly LedgerCommand[]): Promise<readonly Reply[]> {
    const replies: Reply[] = [];
    let lost: Reply | undefined;
    for (const command of commands) {
      // The rest need not find out one after another, each within its own deadline, that the database is away.
      const [reply] = lost === undefined ? await this.carryOut([command]) : [lost];
      if (reply === undefined) throw new Error('a command without a reply');
      if ('error' in reply && reply.error instanceof StorageUnavailable && reply.error.outcome === 'not-done')
        lost = reply;
      replies.push(reply);
    }
    return replies;
  }

  /** A connection in an open transaction is closed with it. */
  async #giveBack(fault: ReturnType<typeof faultOf>): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection === undefined) return;
    if (fault === 'away') await connection.close({ timeout: 0 }).catch(() => {});
    else await connection.release().catch(() => {});
  }

  #note(keyUses: ReadonlyMap<string, number>): void {
    if (this.#notedAtMs.size + keyUses.size > MAXIMUM_NOTED_KEYS) this.#notedAtMs.clear();
    for (const [keyId, atMs] of keyUses) this.#notedAtMs.set(keyId, atMs);
  }

  async close(): Promise<void> {
    await this.#connection?.release();
    this.#connection = undefined;
  }
}

function isExpiring({ name }: LedgerCommand): boolean {
  return name === 'expire';
}

/** One attempt at a batch. */
class BatchWork {
  readonly #commands: readonly LedgerCommand[];
  readonly #steps = new Map<string, number>();
  keyUses: ReadonlyMap<string, number> = new Map();
  /** From here on a broken connection leaves open whether the commit came through. */
  isWriting = false;

  constructor(commands: readonly LedgerCommand[]) {
    this.#commands = commands;
  }

  async run(connection: SQL, notedAtMs: (keyId: string) => number | undefined): Promise<readonly Reply[]> {
    const slice = await loadSlice(connection, needsOf(this.#commands));
    const ledger = new MemoryLedgerStore(slice.state);
    const usage = new MemoryUsageStore(slice.state);
    const replies: Reply[] = [];
    for (const command of this.#commands) replies.push(await this.#decide(ledger, usage, slice, command));
    this.keyUses = latestUses(slice, notedAtMs);
    this.isWriting = true;
    await saveSlice(connection, slice, { steps: this.#steps, keyUses: [...this.keyUses].sort() });
    return replies;
  }

  /** A conflict has changed nothing and concerns this command only; whatever else is thrown ends the batch. */
  async #decide(
    ledger: MemoryLedgerStore,
    usage: MemoryUsageStore,
    slice: LedgerSlice,
    { name, command }: LedgerCommand,
  ): Promise<Reply> {
    try {
      switch (name) {
        case 'grant':
        case 'withdraw':
          return { value: await ledger[name](command) };
        case 'hold':
          return { value: await ledger.hold(command) };
        case 'extend': {
          const answer = await ledger.extend(command);
          if (answer.outcome === 'done') {
            const last = this.#steps.get(command.holdId) ?? 0;
            this.#steps.set(command.holdId, Math.max(last, command.step));
          }
          return { value: answer };
        }
        case 'checkpoint':
          return { value: await ledger.checkpoint(command) };
        case 'post':
        case 'void':
          assertUnrecorded(slice, command.holdId);
          return { value: await (name === 'post' ? ledger.post(command) : ledger.void(command)) };
        case 'record':
          return { value: await usage.record(command) };
        case 'expire':
          return { value: await ledger.expireHoldsOfOthers(command.liveProcessId, command.atMs) };
      }
    } catch (error) {
      if (error instanceof StorageConflict) return { error };
      throw error;
    }
  }
}

/** An open hold whose request has a row already would be charged without one. */
function assertUnrecorded({ state }: LedgerSlice, holdId: string): void {
  if (state.holds.get(holdId)?.state === 'held' && state.requests.has(holdId))
    throw new StorageConflict('unique', 'the request is recorded already');
}

function latestUses(
  slice: LedgerSlice,
  notedAtMs: (keyId: string) => number | undefined,
): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { record } of slice.newRequests()) {
    const { keyId, atMs } = record;
    if (isWorthNoting(uses.get(keyId) ?? notedAtMs(keyId), atMs)) uses.set(keyId, atMs);
  }
  return uses;
}

function failureOf(error: unknown, isWriting: boolean): Error {
  if (error instanceof DOMException)
    return new StorageUnavailable('overloaded', 'not-done', 'no connection to the database is free');
  return errorOf(error, isWriting ? 'sent' : 'not-sent');
}
