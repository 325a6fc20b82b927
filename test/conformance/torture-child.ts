import { writeSync } from 'node:fs';
import type { LedgerStore } from '../../src/storage/ledger-store.ts';
import { openPostgresStorage } from '../../src/storage/postgres/storage.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/storage.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { StorageNotOpened, StorageUnavailable } from '../../src/storage/storage-error.ts';
import { NOON_MS, Samples, usageOf } from './samples.ts';
import { type TortureLine, WALLETS, WORKERS } from './torture-lines.ts';

/**
 * Sends random commands to the ledger of the engine and place in the arguments, for as long as the third one says, from
 * many workers at once. What a worker is about to send and what it was answered is written before it goes on, so
 * whoever reads knows what must, what may and what must not be there, whenever this process is killed.
 */
const [engine = '', place = '', durationMs = '0'] = process.argv.slice(2);

/** Of commands that are sent twice at the same moment, and of unknown outcomes that are sent again. */
const SENT_TWICE = 0.1;
const SENT_AGAIN = 0.5;

const storage = engine === 'sqlite' ? await openSqliteStorage({ path: place }) : await openAtLast(place);
const processId = `process-${process.pid}-${Date.now()}`;
const samples = new Samples(storage, processId);
const { ledger } = storage;
for (const walletId of WALLETS) await until(() => ledger.openWallet(walletId, NOON_MS));
await until(async () => storage.sharing?.join({ processId, onChange: () => {} }));
await until(() => ledger.expireHoldsOfOthers(processId, NOON_MS));

const endAtMs = performance.now() + Number(durationMs);
await Promise.all(
  Array.from({ length: WORKERS }, async () => {
    while (performance.now() < endAtMs) await (Math.random() < 0.3 ? moveCredit() : makeRequest());
  }),
);
await storage.close();
process.exit(0);

async function moveCredit(): Promise<void> {
  const name = Math.random() < 0.7 ? 'grant' : 'withdraw';
  const transactionId = samples.id(name);
  const amountTicks = BigInt(1 + below(name === 'grant' ? 2_000 : 500));
  const command = { transactionId, walletId: anyWallet(), amountTicks, memo: '', atMs: NOON_MS };
  await send({ sent: transactionId, wallet: command.walletId, ticks: Number(amountTicks), as: name }, () =>
    ledger[name](command),
  );
}

/** A hold, perhaps extensions and checkpoints, and an end; or none, if its process is killed or the worker forgets it. */
async function makeRequest(): Promise<void> {
  const walletId = anyWallet();
  const hold = samples.hold(walletId, BigInt(below(400)), { processId, minimumTicks: BigInt(below(200)) });
  const { holdId } = hold;
  const held = await send({ sent: `request:${holdId}:hold`, wallet: walletId, as: 'hold' }, () =>
    ledger.hold(hold),
  );
  if (held === 'refused' && Math.random() < 0.9) return;
  for (let step = 1; step <= below(3); step += 1) {
    const figures = { usage: usageOf(step), costTicks: BigInt(step * 20), atMs: NOON_MS };
    const extension = { holdId, step, amountTicks: BigInt(below(200)), minimumTicks: 0n, ...figures };
    await send({ sent: `request:${holdId}:extend:${step}`, wallet: walletId, as: 'extend' }, () =>
      ledger.extend(extension),
    );
    await ledger.checkpoint({ holdId, ...figures }).catch(() => {});
  }
  const name = Math.random() < 0.8 ? 'post' : 'void';
  const command =
    name === 'post'
      ? () => ledger.post(samples.post(hold, BigInt(below(600))))
      : () => ledger.void(samples.void(hold));
  if (Math.random() < 0.95) await send({ sent: holdId, wallet: walletId, as: name }, command);
}

type Answer = Awaited<ReturnType<LedgerStore['grant' | 'hold' | 'post']>>;

/** Sends a command once, twice at once, or again when nobody knows what became of it; notes every answer. */
async function send(line: TortureLine & { sent: string }, act: () => Promise<Answer>): Promise<string> {
  write(line);
  const again = async (): Promise<string> => {
    try {
      const answer = await act();
      write({ ...line, answered: answer.outcome, ticks: ticksOf(answer) ?? line.ticks });
      return answer.outcome;
    } catch (error) {
      if (!(error instanceof StorageUnavailable)) throw error;
      write({ ...line, answered: error.outcome });
      if (error.outcome === 'unknown' && Math.random() < SENT_AGAIN) {
        write(line);
        return again();
      }
      return error.outcome;
    }
  };
  if (Math.random() >= SENT_TWICE) return again();
  write(line);
  const [outcome] = await Promise.all([again(), again()]);
  return outcome;
}

/** What a hold or extension has set aside, or an end has charged. */
function ticksOf(answer: Answer): number | undefined {
  if (answer.outcome === 'refused') return undefined;
  if ('heldTicks' in answer) return Number(answer.heldTicks);
  return 'chargedTicks' in answer ? Number(answer.chargedTicks) : undefined;
}

/** At once and whole: what a buffer holds is lost with the process. */
function write(line: TortureLine): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

/** The connection that looks at the schema is cut like any other, and then a start is refused. */
async function openAtLast(url: string): Promise<Storage> {
  for (;;) {
    try {
      return await openPostgresStorage({ url });
    } catch (error) {
      if (!(error instanceof StorageNotOpened) || error.reason !== 'unreachable') throw error;
    }
  }
}

/** Connections are ended from the first moment on. */
async function until(act: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await act();
      return;
    } catch (error) {
      if (!(error instanceof StorageUnavailable)) throw error;
    }
  }
}

function anyWallet(): string {
  return WALLETS[below(WALLETS.length)] ?? '';
}

function below(limit: number): number {
  return Math.floor(Math.random() * limit);
}
