import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import type { AuthCondition, AuthMatch, AuthStore } from '../../storage/auth-store.ts';

/** What opens something once: the link or the code in a letter. */
export interface ProofPorts {
  readonly auth: AuthStore;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Random;
  readonly sha256: (text: string) => string;
  /** Mixed into codes, which are too short to be kept as a hash alone. */
  readonly secret: string;
}

export type LinkPurpose = 'reset-password' | 'confirm-email' | 'change-email';

/**
 * Links that lead into an account, at once or by way of another address. Whoever gives it a new password does so because
 * somebody else may have had the old one, or the letters, so those sent before are void.
 */
export const LINKS_INTO_ACCOUNT: readonly LinkPurpose[] = ['reset-password', 'change-email'];

/** 256 bits. */
const TOKEN_BYTES = 32;

/** What a code of eight digits can be; a guess at one meets it once in a hundred million. */
const CODES = 100_000_000;

/** Wrong codes before a code is void. A person mistypes one or two. */
const MOST_GUESSES = 5;

/**
 * Makes the token of a link and keeps its hash. `value` is what the link will open; it begins with the person's id, and
 * a new link of a purpose makes the earlier ones of that person void.
 */
export async function makeLink(
  ports: ProofPorts,
  purpose: LinkPurpose,
  value: readonly [userId: string, ...rest: string[]],
  lifeMs: number,
): Promise<string> {
  await voidLinks(ports, [purpose], value[0]);
  const bytes = Array.from(ports.random.bytes(TOKEN_BYTES));
  const token = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  await keepProof(ports, linkName(ports, purpose, token), `${value.join(' ')} `, lifeMs);
  return token;
}

/** What the link opens, once; undefined for one that is unknown, used or too old. */
export async function takeLink(
  ports: ProofPorts,
  purpose: LinkPurpose,
  token: string,
): Promise<readonly string[] | undefined> {
  const row = await ports.auth.take('verification', named(linkName(ports, purpose, token)));
  return row !== undefined && isAlive(ports, row.expiresAt) ? String(row.value).trim().split(' ') : undefined;
}

/** Makes links void that a person was sent. */
export async function voidLinks(
  { auth }: Pick<ProofPorts, 'auth'>,
  purposes: readonly LinkPurpose[],
  userId: string,
): Promise<void> {
  for (const purpose of purposes) {
    const all: AuthCondition[] = [
      { field: 'identifier', operator: 'starts_with', value: `${purpose}:` },
      { field: 'value', operator: 'starts_with', value: `${userId} ` },
    ];
    await auth.remove('verification', { all, any: [] });
  }
}

/** Makes a code for an address; earlier ones are void. */
export async function makeCode(ports: ProofPorts, email: string, lifeMs: number): Promise<string> {
  const code = String(drawBelow(ports.random, CODES)).padStart(8, '0');
  await ports.auth.remove('verification', named(codeName(email)));
  await keepProof(ports, codeName(email), `${seal(ports, email, code)} 0`, lifeMs);
  return code;
}

/**
 * Whether it is the code that was sent to the address. The same is done whether there is one or not; of many who try at
 * once one is looked at, and a code is void after a few wrong ones.
 */
export async function takeCode(ports: ProofPorts, email: string, code: string): Promise<boolean> {
  const presented = seal(ports, email, code.replace(/[\s-]/g, ''));
  const row = await ports.auth.take('verification', named(codeName(email)));
  if (row === undefined || !isAlive(ports, row.expiresAt)) return false;
  const [expected = '', guesses = '0'] = String(row.value).split(' ');
  if (presented === expected) return true;
  const guessed = Number(guesses) + 1;
  if (guessed < MOST_GUESSES)
    await ports.auth.insert('verification', { ...row, value: `${expected} ${guessed}` });
  return false;
}

/** Keeps what a proof opens, under a name that only whoever has the proof can make. */
export async function keepProof(
  ports: Pick<ProofPorts, 'auth' | 'clock' | 'random'>,
  identifier: string,
  value: string,
  lifeMs: number,
): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const at = new Date(nowMs).toISOString();
  await ports.auth.insert('verification', {
    id: ports.random.uuid(),
    ...{ identifier, value, createdAt: at, updatedAt: at },
    expiresAt: new Date(nowMs + lifeMs).toISOString(),
  });
}

function linkName({ sha256 }: ProofPorts, purpose: LinkPurpose, token: string): string {
  return `${purpose}:${sha256(token)}`;
}

function codeName(email: string): string {
  return `sign-in-code:${email}`;
}

function seal({ sha256, secret }: ProofPorts, email: string, code: string): string {
  return sha256(`${secret}\n${email}\n${code}`);
}

export function named(identifier: string): AuthMatch {
  return { all: [{ field: 'identifier', operator: 'eq', value: identifier }], any: [] };
}

export function isAlive({ clock }: Pick<ProofPorts, 'clock'>, expiresAt: unknown): boolean {
  return Date.parse(String(expiresAt)) > clock.nowMs();
}

/** Every number below `end` is equally likely: what does not divide evenly is drawn again. */
function drawBelow(random: Random, end: number): number {
  const fair = Math.floor(2 ** 32 / end) * end;
  for (;;) {
    const drawn = new DataView(Uint8Array.from(random.bytes(4)).buffer).getUint32(0);
    if (drawn < fair) return drawn % end;
  }
}
