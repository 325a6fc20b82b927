import { chmod, mkdir, readdir, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';

/** Its name in the data folder. */
const MAIL_FOLDER = 'mail';

/** Letters that are kept; the oldest goes for the newest. */
const MOST_LETTERS = 200;

const SUFFIX = '.eml';

/**
 * Letters as files, for an installation without a mail server: whoever runs the machine reads them there. What is in
 * them opens accounts, so they are their owner's alone, as `secret.key` is.
 */
export class MailFolder {
  readonly path: string;
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #random: Pick<Random, 'uuid'>;

  constructor(dataDir: string, clock: Pick<Clock, 'nowMs'>, random: Pick<Random, 'uuid'>) {
    this.path = join(dataDir, MAIL_FOLDER);
    this.#clock = clock;
    this.#random = random;
  }

  async prepare(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    await chmod(this.path, 0o700);
  }

  /** Puts a whole letter there under a name that tells when, and nothing of whom. */
  async add(message: Uint8Array): Promise<void> {
    await this.prepare();
    const moment = new Date(this.#clock.nowMs()).toISOString().replaceAll(':', '');
    const path = join(this.path, `${moment}-${this.#random.uuid().slice(-12)}${SUFFIX}`);
    await writeFile(`${path}.part`, message, { mode: 0o600, flag: 'wx' });
    await rename(`${path}.part`, path);
    await this.#forgetOldest();
  }

  async #forgetOldest(): Promise<void> {
    const letters = (await readdir(this.path)).filter((name) => name.endsWith(SUFFIX)).sort();
    for (const name of letters.slice(0, Math.max(0, letters.length - MOST_LETTERS)))
      await unlink(join(this.path, name)).catch(() => {});
  }
}
