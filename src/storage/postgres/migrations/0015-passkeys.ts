import type { Migration } from '../../sql/migration.ts';

/** As the SQLite engine's step of this name. */
export const passkeys: Migration = {
  number: 15,
  name: 'passkeys',
  sql: `
CREATE TABLE "passkey" (
  "id" text COLLATE "C" NOT NULL PRIMARY KEY,
  "userId" text COLLATE "C" NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "name" text COLLATE "C" NOT NULL,
  "rpId" text COLLATE "C" NOT NULL,
  "credentialId" text COLLATE "C" NOT NULL UNIQUE,
  "publicKey" text COLLATE "C" NOT NULL,
  "counter" bigint NOT NULL CHECK ("counter" >= 0),
  "transports" text COLLATE "C" NOT NULL,
  "backedUp" boolean NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "lastUsedAt" timestamptz
);
CREATE INDEX "passkey_userId_idx" ON "passkey" ("userId");
`,
};
