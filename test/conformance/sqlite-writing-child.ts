import { openSqliteStorage } from '../../src/storage/sqlite/storage.ts';
import { NOON_MS, Samples } from './samples.ts';

/**
 * Writes to the database in the first argument: `once`, or `until-killed`. Every request whose post was acknowledged
 * is printed after its acknowledgement, so whoever reads the lines knows what must be there.
 */
const [path = '', mode] = process.argv.slice(2);

/** Requests under way at once, so that a kill meets batches of several. */
const IN_FLIGHT = 8;

const storage = await openSqliteStorage({ path });
const samples = new Samples(storage, `process-${process.pid}`);
await storage.ledger.openWallet('wallet', NOON_MS);
const transactionId = samples.id('grant');
await storage.ledger.grant({
  transactionId,
  walletId: 'wallet',
  amountTicks: 1_000_000_000n,
  memo: '',
  atMs: NOON_MS,
});

async function request(): Promise<void> {
  const hold = samples.hold('wallet', 100n, { processId: `process-${process.pid}` });
  await storage.ledger.hold(hold);
  await storage.ledger.post(samples.post(hold, 60n));
  process.stdout.write(`${hold.holdId}\n`);
}

if (mode === 'once') {
  await request();
  await storage.close();
} else {
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      for (;;) await request();
    }),
  );
}
