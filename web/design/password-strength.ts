/** From easy to hard to guess. */
export const PASSWORD_LEVELS = ['weak', 'fair', 'good', 'strong'] as const;
export type PasswordLevel = (typeof PASSWORD_LEVELS)[number];

/** As the server demands it. */
const LEAST_CHARACTERS = 10;

/** The bits from which a password is more than weak, fair, good. */
const BITS = [40, 56, 72] as const;

/** How many different characters somebody tries who knows of which kinds a password is. */
const KINDS: readonly (readonly [RegExp, number])[] = [
  [/\p{Nd}/u, 10],
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[ -/:-@[-`{-~]/, 33],
  [/[^ -~]/u, 2_000],
];

/**
 * How hard a password is to guess, roughly: characters that go on where the last one was (aaa, 123, cba) count little.
 * The server refuses what everybody tries first; this is to say the rest while somebody types.
 */
export function passwordStrength(password: string): {
  readonly level: PasswordLevel;
  /** Characters that it is too short by. */
  readonly missing: number;
} {
  const characters = [...password.normalize('NFKC')];
  const pool = KINDS.reduce((sum, [kind, size]) => (kind.test(password) ? sum + size : sum), 0);
  const perCharacter = Math.log2(Math.max(pool, 2));
  let bits = 0;
  for (const [at, character] of characters.entries())
    bits += goesOn(characters[at - 1], character) ? 1 : perCharacter;
  // What is said twice is said once.
  bits *= 0.5 + (0.5 * new Set(characters).size) / Math.max(characters.length, 1);
  const level = PASSWORD_LEVELS[BITS.filter((least) => bits >= least).length] ?? 'strong';
  return { level, missing: Math.max(0, LEAST_CHARACTERS - characters.length) };
}

function goesOn(before: string | undefined, now: string): boolean {
  const step = (now.codePointAt(0) ?? 0) - (before?.codePointAt(0) ?? Number.NaN);
  return Math.abs(step) <= 1;
}
