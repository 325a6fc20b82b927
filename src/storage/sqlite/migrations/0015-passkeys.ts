import type { Migration } from './migration.ts';

/**
 * Passkeys: for each, whose it is, the key that its signatures are checked by, and what its authenticator counts.
 * `rpId` is the name of the server that it was made for, and that alone it answers to. Columns are as in the tables
 * beside it.
 */
export const passkeys: Migration = {
  number: 15,
  name: 'passkeys',
  sql: `
CREATE TABLE "passkey" (
  "id" text NOT NULL PRIMARY KEY,
  "userId" text NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "name" text NOT NULL,
  "rpId" text NOT NULL,
  "credentialId" text NOT NULL UNIQUE,
  "publicKey" text NOT NULL,
  "counter" integer NOT NULL CHECK ("counter" >= 0),
  "transports" text NOT NULL CHECK (json_valid("transports")),
  "backedUp" integer NOT NULL CHECK ("backedUp" IN (0, 1)),
  "createdAt" date NOT NULL,
  "lastUsedAt" date
);
CREATE INDEX "passkey_userId_idx" ON "passkey" ("userId");
`,
};
