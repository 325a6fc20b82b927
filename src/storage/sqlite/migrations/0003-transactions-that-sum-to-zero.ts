import type { Migration } from './migration.ts';

/**
 * A transaction becomes one row with what it adds to each account, instead of a row and two to six entries beside it:
 * the database itself now checks that every one sums to zero, and writing one costs a third. What an entry said besides
 * (its kind) follows from the command and the amounts.
 *
 * A request's transactions are named by the request and a step (0 sets aside, 1, 2 … extend, -1 ends), so that one
 * index makes sure that each happens once. The ledger runs ahead of these tables by a moment: `journal_position` says up
 * to which of the journal's effects they go.
 */
export const transactionsThatSumToZero: Migration = {
  number: 3,
  name: 'transactions-that-sum-to-zero',
  sql: `
CREATE TABLE booked (
  sequence INTEGER NOT NULL PRIMARY KEY,
  command TEXT NOT NULL CHECK (
    command = 'grant' OR command = 'withdraw' OR command = 'hold' OR command = 'extend'
    OR command = 'post' OR command = 'void' OR command = 'expire'
  ),
  wallet_number INTEGER NOT NULL REFERENCES wallets (number),
  grant_id TEXT,
  request_id TEXT,
  step INTEGER,
  memo TEXT,
  at_ms INTEGER NOT NULL,
  available_ticks INTEGER NOT NULL,
  held_ticks INTEGER NOT NULL,
  credit_ticks INTEGER NOT NULL,
  revenue_ticks INTEGER NOT NULL,
  uncollected_ticks INTEGER NOT NULL,
  CHECK (available_ticks + held_ticks + credit_ticks + revenue_ticks + uncollected_ticks = 0),
  CHECK ((command = 'grant' OR command = 'withdraw') = (request_id IS NULL)),
  CHECK ((request_id IS NULL) = (grant_id IS NOT NULL) AND (request_id IS NULL) = (step IS NULL))
) STRICT;

INSERT INTO booked
  SELECT t.sequence, t.command, t.wallet_number, iif(t.request_id IS NULL, t.id, NULL), t.request_id,
    CASE
      WHEN t.request_id IS NULL THEN NULL
      WHEN t.command = 'hold' THEN 0
      WHEN t.command = 'extend' THEN CAST(substr(t.id, length('request:' || t.request_id || ':extend:') + 1) AS INTEGER)
      ELSE -1
    END,
    t.memo, t.at_ms,
    coalesce(sum(e.amount_ticks) FILTER (WHERE e.account = 'wallet'), 0),
    coalesce(sum(e.amount_ticks) FILTER (WHERE e.account = 'held'), 0),
    coalesce(sum(e.amount_ticks) FILTER (WHERE e.account = 'operator:credit'), 0),
    coalesce(sum(e.amount_ticks) FILTER (WHERE e.account = 'operator:revenue'), 0),
    coalesce(sum(e.amount_ticks) FILTER (WHERE e.account = 'operator:uncollected'), 0)
  FROM ledger_transactions t LEFT JOIN ledger_entries e ON e.transaction_sequence = t.sequence
  GROUP BY t.sequence ORDER BY t.sequence;

DROP TABLE ledger_entries;
DROP TABLE ledger_transactions;
ALTER TABLE booked RENAME TO ledger_transactions;
CREATE UNIQUE INDEX ledger_transactions_of_request ON ledger_transactions (request_id, step)
  WHERE request_id IS NOT NULL;
CREATE UNIQUE INDEX ledger_transactions_of_grant ON ledger_transactions (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX ledger_transactions_of_wallet ON ledger_transactions (wallet_number);

CREATE TRIGGER ledger_transactions_never_change BEFORE UPDATE ON ledger_transactions
  BEGIN SELECT RAISE(ABORT, 'ledger transactions never change'); END;
CREATE TRIGGER ledger_transactions_never_go BEFORE DELETE ON ledger_transactions
  BEGIN SELECT RAISE(ABORT, 'ledger transactions are never deleted'); END;

CREATE TABLE journal_position (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  effects INTEGER NOT NULL,
  segment INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;
INSERT INTO journal_position VALUES (1, 0, 0, 0);
`,
};
