import type { HoldAnswer } from '../../../src/storage/ledger-store.ts';

/** One hold, as the auditor's own books have it. */
export interface BookedHold {
  readonly holdId: string;
  readonly walletId: string;
  readonly keyId: string;
  readonly processId: string;
  readonly atMs: number;
  /** What each command set aside: `0` is the hold itself, others are its extensions. */
  readonly parts: Map<number, bigint>;
  state: 'held' | 'posted' | 'voided' | 'expired';
  checkpointTicks: bigint;
  charged: bigint;
  released: bigint;
  uncollected: bigint;
}

export interface BookedWallet {
  available: bigint;
  held: bigint;
}

/**
 * The auditor's own books: numbers, and a few rules in plain words. They are told every command that was carried out
 * and its answer, and say what that answer should have been.
 */
export class Books {
  readonly wallets = new Map<string, BookedWallet>();
  readonly holds = new Map<string, BookedHold>();
  /** Grants and withdrawals that moved something: signed, by transaction. */
  readonly movements = new Map<string, bigint>();

  wallet(id: string): BookedWallet {
    let wallet = this.wallets.get(id);
    if (wallet === undefined) {
      wallet = { available: 0n, held: 0n };
      this.wallets.set(id, wallet);
    }
    return wallet;
  }

  /** What a command should set aside; undefined where it should refuse. */
  expectedAside(
    walletId: string,
    amount: bigint,
    minimum: bigint,
    allowance: bigint | undefined,
  ): bigint | undefined {
    const within = (limit: bigint, asked: bigint) =>
      asked <= limit ? asked : limit >= minimum ? limit : undefined;
    const asked = allowance === undefined ? amount : within(allowance, amount);
    return asked === undefined ? undefined : within(this.wallet(walletId).available, asked);
  }

  setAside(hold: BookedHold, step: number, amount: bigint): void {
    hold.parts.set(step, amount);
    this.wallet(hold.walletId).available -= amount;
    this.wallet(hold.walletId).held += amount;
  }

  end(hold: BookedHold, state: BookedHold['state'], cost: bigint): void {
    const held = heldTicks(hold);
    const wallet = this.wallet(hold.walletId);
    wallet.held -= held;
    wallet.available += held;
    hold.state = state;
    hold.charged = cost < wallet.available ? cost : wallet.available;
    hold.uncollected = cost - hold.charged;
    hold.released = held > hold.charged ? held - hold.charged : 0n;
    wallet.available -= hold.charged;
  }

  /** What is left of a key's limits, by the periods that a moment falls in. */
  allowance(keyId: string, atMs: number, perDay: bigint | null, perMonth: bigint | null): bigint | undefined {
    const left = [
      [perDay, 10],
      [perMonth, 7],
    ].flatMap(([limit, characters]) => {
      if (typeof limit !== 'bigint') return [];
      const period = (moment: number) => new Date(moment).toISOString().slice(0, Number(characters));
      let spent = 0n;
      for (const hold of this.holds.values()) {
        if (hold.keyId !== keyId || period(hold.atMs) !== period(atMs)) continue;
        spent += hold.state === 'held' ? heldTicks(hold) : hold.charged;
      }
      return [limit > spent ? limit - spent : 0n];
    });
    return left.reduce<bigint | undefined>(
      (least, one) => (least === undefined || one < least ? one : least),
      undefined,
    );
  }
}

export function heldTicks({ parts }: Pick<BookedHold, 'parts'>): bigint {
  return [...parts.values()].reduce((sum, part) => sum + part, 0n);
}

/** What a command set aside, if it did. */
export function asideOf(answer: HoldAnswer): bigint | undefined {
  return answer.outcome === 'refused' ? undefined : answer.heldTicks;
}
