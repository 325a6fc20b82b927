import type { SQL } from 'bun';
import type { Change } from '../../ports/changes.ts';
import type { Member } from '../sharing.ts';
import type { Database } from './database.ts';

/** Written by the triggers of the first migration, and for credit by `tellOfCredit`: `key:` and the key's id, for example. */
const CHANNEL = 'turnpike_changes';

/**
 * How often a message to oneself shows that the listening connection is alive, and how long it may take. Together they
 * stay below the second in which a revocation reaches everybody.
 */
const BEAT_MS = 500;
const HEARD_WITHIN_MS = 300;

const KINDS: readonly Change['kind'][] = [
  'key',
  'user',
  'organization',
  'session',
  'model',
  'channel',
  'credit',
];

/** Lets every process know that a wallet was granted credit. What cannot be told is heard later, by those who wait. */
export async function tellOfCredit(database: Database, walletId: string): Promise<void> {
  await database.run('SELECT pg_notify($1, $2)', [CHANNEL, `credit:${walletId}`]).catch(() => {});
}

/**
 * Hears what any process changes, on a connection that does nothing else. A connection may be dead without a word, so
 * each half second a message is sent to oneself by another connection. While it does not come back, all is forgotten
 * again and again, and the listening begins anew: what may have changed is read anew rather than believed.
 */
export class ChangeFeed {
  readonly #openPool: () => SQL;
  readonly #database: Database;
  readonly #onChange: Member['onChange'];
  readonly #beatChannel = `turnpike_beat_${crypto.randomUUID()}`;
  #pool: SQL;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #heard = 0;
  #sent = 0;

  constructor(openPool: () => SQL, database: Database, onChange: Member['onChange']) {
    this.#openPool = openPool;
    this.#database = database;
    this.#onChange = onChange;
    this.#pool = openPool();
  }

  async start(): Promise<void> {
    await this.#listen();
    this.#timer = setTimeout(() => this.#beat(), BEAT_MS);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#pool.close({ timeout: 0 });
  }

  async #listen(): Promise<void> {
    let isFirst = true;
    const onListen = () => {
      // After a break: what came in between was not heard.
      if (!isFirst && !this.#closed) this.#onChange('everything');
      isFirst = false;
    };
    await this.#pool.listen(CHANNEL, (payload) => this.#hear(payload), onListen);
    await this.#pool.listen(this.#beatChannel, (payload) => {
      this.#heard = Math.max(this.#heard, Number(payload));
    });
  }

  #hear(payload: string): void {
    const colon = payload.indexOf(':');
    const kind = KINDS.find((known) => known === payload.slice(0, colon));
    if (this.#closed) return;
    // A newer version may tell of things that this one does not know.
    this.#onChange(kind === undefined ? 'everything' : { kind, id: payload.slice(colon + 1) });
  }

  async #beat(): Promise<void> {
    this.#sent += 1;
    const beat = this.#sent;
    try {
      await this.#database.run('SELECT pg_notify($1, $2)', [this.#beatChannel, String(beat)]);
      await Bun.sleep(HEARD_WITHIN_MS);
      if (this.#heard < beat && !this.#closed) await this.#beginAnew();
    } catch {
      // Nobody can be heard while the database is away. The connection is found broken then, and that is told.
    }
    if (!this.#closed) this.#timer = setTimeout(() => this.#beat(), BEAT_MS - HEARD_WITHIN_MS);
  }

  async #beginAnew(): Promise<void> {
    this.#onChange('everything');
    await this.#pool.close({ timeout: 0 });
    if (this.#closed) return;
    this.#pool = this.#openPool();
    await this.#listen();
    // Whatever came between the two connections.
    this.#onChange('everything');
  }
}
