import type { Database } from 'bun:sqlite';
import { createHash } from 'node:crypto';

/** Of the accounts that are put in: how many keys share a team, and so a wallet. */
const KEYS_PER_TEAM = 10;

/** $1,000: more than a bench spends of one wallet. */
export const CREDIT_TICKS = 10_000_000_000_000;

const DAY_MS = 86_400_000;

/** The text of the key with this number; every one has the shape of a real key. */
export function growthKey(number: number): string {
  return `xai-${String(number).padStart(80, '0')}`;
}

/** Puts in teams, each with a person, a wallet with credit, and ten keys, as signing up would have. */
export function fillAccounts(database: Database, keyCount: number, nowMs: number): void {
  const teamCount = Math.ceil(keyCount / KEYS_PER_TEAM);
  const atMs = nowMs - 100 * DAY_MS;
  const parameters = { teams: teamCount, at: atMs, credit: CREDIT_TICKS };
  const numbered = 'WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $teams)';
  const wallets = "(SELECT number, id FROM wallets WHERE id LIKE 'growth-team-%')";
  for (const statement of [
    `${numbered} INSERT INTO "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt", "role", "banned")
      SELECT printf('growth-user-%08d', i), 'Growth', printf('growth-%d@localhost', i), 0, ${ISO}, ${ISO}, 'user', 0 FROM n`,
    `${numbered} INSERT INTO "organization" ("id", "name", "slug", "createdAt", "personal")
      SELECT printf('growth-team-%08d', i), 'Growth', printf('personal-growth-user-%08d', i), ${ISO}, 1 FROM n`,
    `${numbered} INSERT INTO "member" ("id", "organizationId", "userId", "role", "createdAt")
      SELECT printf('growth-member-%08d', i), printf('growth-team-%08d', i), printf('growth-user-%08d', i), 'owner', ${ISO}
      FROM n`,
    `${numbered} INSERT INTO wallets (id, available_ticks, created_at_ms)
      SELECT printf('growth-team-%08d', i), $credit, $at FROM n`,
    `INSERT INTO ledger_transactions (grant_id, command, wallet_number, memo, at_ms, available_ticks, held_ticks,
        credit_ticks, revenue_ticks, uncollected_ticks)
      SELECT 'growth-grant:' || id, 'grant', number, '', $at, $credit, 0, -$credit, 0, 0 FROM ${wallets}`,
  ]) {
    database.prepare(statement).run(parametersOf(statement, parameters));
  }
  insertKeys(database, keyCount, atMs);
}

/** better-auth's columns hold dates as ISO text. */
const ISO = "strftime('%Y-%m-%dT%H:%M:%fZ', $at / 1000.0, 'unixepoch')";

/** SQLite takes no parameter that a statement does not name. */
function parametersOf(statement: string, all: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => statement.includes(`$${name}`)));
}

function insertKeys(database: Database, keyCount: number, atMs: number): void {
  const insert = database.prepare(
    `INSERT INTO api_keys (id, hash, redacted, name, organization_id, user_id, acls, limits, disabled, created_at_ms,
        modified_at_ms, modified_by)
      VALUES (?, ?, ?, 'Growth', ?, ?, ?, '{}', 0, ?, ?, ?)`,
  );
  const { acls } = database.query<{ acls: string }, []>('SELECT acls FROM api_keys LIMIT 1').get() ?? {
    acls: '[]',
  };
  for (let number = 0; number < keyCount; number += 1) {
    const text = growthKey(number);
    const owner = String(Math.floor(number / KEYS_PER_TEAM)).padStart(8, '0');
    insert.run(
      `growth-key-${String(number).padStart(8, '0')}`,
      createHash('sha256').update(text).digest('hex'),
      `xai-...${text.slice(-4)}`,
      `growth-team-${owner}`,
      `growth-user-${owner}`,
      acls,
      atMs,
      atMs,
      `growth-user-${owner}`,
    );
  }
}
