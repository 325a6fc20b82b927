import { Database } from 'bun:sqlite';
import { expect, test } from 'bun:test';
import { firstSchema } from './0001-first-schema.ts';
import { keysForRealLife } from './0002-keys-for-real-life.ts';
import { transactionsThatSumToZero } from './0003-transactions-that-sum-to-zero.ts';

/** Books of before: a grant of 100, a hold of 50 that grew by 20, charged 30 and, beyond its credit, 5 that nobody pays. */
const BEFORE = `
  INSERT INTO wallets (number, id, created_at_ms) VALUES (7, 'team', 1);
  INSERT INTO ledger_transactions (sequence, id, command, wallet_number, request_id, memo, at_ms) VALUES
    (1, 'welcome', 'grant', 7, NULL, 'hello', 11), (2, 'request:r:hold', 'hold', 7, 'r', NULL, 12),
    (3, 'request:r:extend:4', 'extend', 7, 'r', NULL, 13), (4, 'request:r:end', 'post', 7, 'r', NULL, 14),
    (5, 'request:free:hold', 'hold', 7, 'free', NULL, 15);
  INSERT INTO ledger_entries VALUES
    (1, 0, 'operator:credit', NULL, 'grant', -100), (1, 1, 'wallet', 7, 'grant', 100),
    (2, 0, 'wallet', 7, 'hold', -50), (2, 1, 'held', 7, 'hold', 50),
    (3, 0, 'wallet', 7, 'hold', -20), (3, 1, 'held', 7, 'hold', 20),
    (4, 0, 'held', 7, 'charge', -30), (4, 1, 'operator:revenue', NULL, 'charge', 30),
    (4, 2, 'held', 7, 'release', -40), (4, 3, 'wallet', 7, 'release', 40),
    (4, 4, 'operator:uncollected', NULL, 'uncollected', -5), (4, 5, 'operator:revenue', NULL, 'uncollected', 5);`;

test('the transactions of before keep their order, names and amounts', () => {
  const database = new Database(':memory:');
  database.run(firstSchema.sql + keysForRealLife.sql + BEFORE);
  database.run(transactionsThatSumToZero.sql);
  const rows = database.query('SELECT * FROM ledger_transactions ORDER BY sequence').values();
  expect(rows).toEqual([
    [1, 'grant', 7, 'welcome', null, null, 'hello', 11, 100, 0, -100, 0, 0],
    [2, 'hold', 7, null, 'r', 0, null, 12, -50, 50, 0, 0, 0],
    [3, 'extend', 7, null, 'r', 4, null, 13, -20, 20, 0, 0, 0],
    [4, 'post', 7, null, 'r', -1, null, 14, 40, -70, 0, 35, -5],
    [5, 'hold', 7, null, 'free', 0, null, 15, 0, 0, 0, 0, 0],
  ]);
});

test('a transaction that does not sum to zero, or comes twice, is refused by the database itself', () => {
  const database = new Database(':memory:');
  database.run(firstSchema.sql + keysForRealLife.sql + BEFORE + transactionsThatSumToZero.sql);
  const insert = (id: string, step: number, held: number) =>
    database.run(`INSERT INTO ledger_transactions (command, wallet_number, request_id, step, at_ms, available_ticks,
      held_ticks, credit_ticks, revenue_ticks, uncollected_ticks)
      VALUES ('hold', 7, '${id}', ${step}, 1, -5, ${held}, 0, 0, 0)`);
  insert('new', 0, 5);
  expect(() => insert('newer', 0, 6)).toThrow('CHECK');
  expect(() => insert('new', 0, 5)).toThrow('UNIQUE');
  expect(() => insert('r', -1, 5)).toThrow('UNIQUE');
});
