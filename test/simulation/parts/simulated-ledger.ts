import type { LedgerStore } from '../../../src/storage/ledger-store.ts';
import type { Auditor } from '../auditor/auditor.ts';
import type { CarriedOut, CommandName } from '../auditor/invariant.ts';
import type { SheetPlan } from '../plan/plan.ts';
import type { Scheduler } from '../scheduler.ts';
import type { StorageFaults } from './storage-faults.ts';
import { callStorage } from './storage-port.ts';

export interface LedgerSurroundings {
  readonly scheduler: Scheduler;
  readonly owner: string;
  readonly durable: LedgerStore;
  readonly faults: StorageFaults;
  /** A process that is gone calls nobody. */
  readonly isGone: () => boolean;
  readonly auditor: Pick<Auditor, 'commandIssued' | 'commandCarriedOut' | 'commandHeard' | 'situation'>;
  /** What the process's catalogue says a request costs: at any moment since it came, for it is let in at one of them. */
  readonly sheetsOf: (requestId: string) => readonly SheetPlan[];
}

/** The ledger as one process reaches it: whole commands, each of which may be late, lost, or unheard of. */
export class SimulatedLedger implements LedgerStore {
  readonly #world: LedgerSurroundings;

  constructor(world: LedgerSurroundings) {
    this.#world = world;
  }

  grant: LedgerStore['grant'] = (command) =>
    this.#call('grant', command, () => this.#world.durable.grant(command));
  withdraw: LedgerStore['withdraw'] = (command) =>
    this.#call('withdraw', command, () => this.#world.durable.withdraw(command));
  hold: LedgerStore['hold'] = (command) =>
    this.#call('hold', command, () => this.#world.durable.hold(command));
  extend: LedgerStore['extend'] = (command) =>
    this.#call('extend', command, () => this.#world.durable.extend(command));
  checkpoint: LedgerStore['checkpoint'] = (command) =>
    this.#call('checkpoint', command, () => this.#world.durable.checkpoint(command));
  post: LedgerStore['post'] = (command) =>
    this.#call('post', command, () => this.#world.durable.post(command));
  void: LedgerStore['void'] = (command) =>
    this.#call('void', command, () => this.#world.durable.void(command));
  expireHoldsOfOthers: LedgerStore['expireHoldsOfOthers'] = (liveProcessId, atMs) =>
    this.#call('expire', { liveProcessId, atMs }, () =>
      this.#world.durable.expireHoldsOfOthers(liveProcessId, atMs),
    );

  openWallet: LedgerStore['openWallet'] = (walletId, atMs) => this.#world.durable.openWallet(walletId, atMs);
  balance: LedgerStore['balance'] = (walletId) => this.#world.durable.balance(walletId);
  statement: LedgerStore['statement'] = (walletId, page) => this.#world.durable.statement(walletId, page);
  audit: LedgerStore['audit'] = (liveProcessId) => this.#world.durable.audit(liveProcessId);

  #call<Answer>(name: CommandName, sent: object, carryOut: () => Promise<Answer>): Promise<Answer> {
    const { scheduler, owner, faults, isGone, auditor, sheetsOf } = this.#world;
    if (isGone()) return new Promise(() => {});
    const command = sent as CarriedOut['command'];
    const request = command.holdId ?? '';
    auditor.commandIssued({ name, owner, command }, name === 'hold' ? sheetsOf(request) : []);
    const fate = faults.fate(name, scheduler.nowMs);
    if (fate.outcome !== 'answered') auditor.situation(`${name} ${fate.outcome}`);
    return callStorage(scheduler, { owner, request, what: name }, fate, carryOut, {
      carriedOut: (answer) => auditor.commandCarriedOut({ name, owner, command, answer }),
      heard: (answer) => auditor.commandHeard(name, command, answer),
    });
  }
}
