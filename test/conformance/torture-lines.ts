import { expect } from 'bun:test';
import type { StatementLine } from '../../src/storage/ledger-store.ts';
import type { Page, PageRequest } from '../../src/storage/page.ts';
import type { Storage } from '../../src/storage/storage.ts';

export const WALLETS = Array.from({ length: 8 }, (_, index) => `wallet-${index}`);
export const WORKERS = 64;

/** What a torturing process says: that it sends something, or what it was answered. */
export interface TortureLine {
  /** The transaction's name; for an end, the request's. */
  readonly sent: string;
  readonly wallet: string;
  readonly as: 'grant' | 'withdraw' | 'hold' | 'extend' | 'post' | 'void';
  /** What a movement moves, a hold or extension has set aside, or an end has charged. */
  readonly ticks?: number | undefined;
  readonly answered?: string;
}

/** What one command must have left, from everything that was said of it. */
interface Expected {
  readonly as: TortureLine['as'];
  readonly wallet: string;
  open: number;
  isAcknowledged: boolean;
  isUnknown: boolean;
  ticks: number | undefined;
}

/** Reads what torturing processes said, and holds the books against it. */
export class TortureRecord {
  readonly #commands = new Map<string, Expected>();

  note({ sent, wallet, as, ticks, answered }: TortureLine): void {
    const known = this.#commands.get(sent) ?? {
      ...{ as, wallet, open: 0, isAcknowledged: false, isUnknown: false },
      ticks: undefined,
    };
    this.#commands.set(sent, known);
    if (answered === undefined) {
      known.open += 1;
      return;
    }
    known.open -= 1;
    if (answered === 'unknown') known.isUnknown = true;
    if (answered !== 'done' && answered !== 'exists') return;
    if (known.isAcknowledged && known.ticks !== ticks) throw new Error(`${sent} was answered in two ways`);
    known.isAcknowledged = true;
    known.ticks = ticks;
  }

  get counts() {
    const all = [...this.#commands.values()];
    const acknowledged = all.filter(({ isAcknowledged }) => isAcknowledged).length;
    const unknown = all.filter((command) => !command.isAcknowledged && mayBeThere(command)).length;
    return { acknowledged, unknown, refused: all.length - acknowledged - unknown };
  }

  /**
   * Acknowledged: there, once, with what was answered. Refused or not done: not there. Unknown: either, at most once.
   * And nothing is there that nobody sent; every balance is the sum of what is there.
   */
  async hold(storage: Storage): Promise<void> {
    const there = new Map<string, number>();
    for (const wallet of WALLETS) {
      const lines = await readAll((page) => storage.ledger.statement(wallet, page));
      this.#holdMovements(wallet, lines, there);
      const sum = (account: string) =>
        lines.reduce((ticks, line) => (line.account === account ? ticks + line.amountTicks : ticks), 0n);
      expect(await storage.ledger.balance(wallet)).toEqual({
        availableTicks: sum(`wallet:${wallet}`),
        heldTicks: sum(`held:${wallet}`),
      });
      expect(sum(`wallet:${wallet}`)).toBeGreaterThanOrEqual(0n);
      await this.#holdEnds(storage, wallet, there);
    }
    for (const [sent, { isAcknowledged, ticks, as }] of this.#commands) {
      // A hold of nothing has no lines in a statement.
      const isVisible = (as !== 'hold' && as !== 'extend') || ticks !== 0;
      if (isAcknowledged && isVisible && !there.has(sent))
        throw new Error(`${sent} was acknowledged and is lost`);
    }
  }

  #holdMovements(wallet: string, lines: readonly StatementLine[], there: Map<string, number>): void {
    const transactions = Map.groupBy(lines, ({ transactionId }) => transactionId);
    for (const [id, entries] of transactions) {
      if (id.endsWith(':end')) continue;
      const own = entries.filter(({ account }) => account === `wallet:${wallet}`);
      const moved = Math.abs(Number(own.reduce((sum, { amountTicks }) => sum + amountTicks, 0n)));
      this.#meet(id, wallet, moved, there);
      expect(own).toHaveLength(1);
    }
  }

  /** Ends are told apart by their records: one that came first may have been another process's. */
  async #holdEnds(storage: Storage, wallet: string, there: Map<string, number>): Promise<void> {
    const records = await readAll((page) => storage.usage.requests(wallet, page));
    expect(new Set(records.map(({ requestId }) => requestId)).size).toBe(records.length);
    for (const { requestId, outcome, costTicks } of records) {
      if (outcome === 'interrupted') {
        if (this.#commands.get(requestId)?.isAcknowledged)
          throw new Error(`${requestId} was ended twice, or its end was lost`);
      } else {
        this.#meet(requestId, wallet, Number(costTicks), there);
        expect(outcome).toBe(this.#commands.get(requestId)?.as === 'post' ? 'completed' : 'failed');
      }
    }
  }

  #meet(id: string, wallet: string, ticks: number, there: Map<string, number>): void {
    const command = this.#commands.get(id);
    if (command === undefined) throw new Error(`${id} is there, and nobody sent it`);
    if (there.has(id)) throw new Error(`${id} is there twice`);
    there.set(id, ticks);
    if (!command.isAcknowledged && !mayBeThere(command)) throw new Error(`${id} was not done, and is there`);
    if (command.isAcknowledged && command.ticks !== ticks)
      throw new Error(`${id} was answered ${command.ticks}, and is ${ticks}`);
    expect(command.wallet).toBe(wallet);
  }
}

function mayBeThere({ open, isUnknown }: Expected): boolean {
  return open > 0 || isUnknown;
}

async function readAll<Row>(read: (page: PageRequest) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: 1_000, cursor });
    rows.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return rows;
}
