import type { Migration } from '../../sql/migration.ts';

/** As the SQLite engine's step of this name. */
export const picturesInChats: Migration = {
  number: 14,
  name: 'pictures-in-chats',
  sql: `
ALTER TABLE chats ADD COLUMN system_text text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE chats ADD COLUMN temperature bigint CHECK (temperature BETWEEN 0 AND 200);
ALTER TABLE chat_messages ADD COLUMN picture_ids text COLLATE "C" NOT NULL DEFAULT '[]';
ALTER TABLE chat_messages ADD COLUMN reasoning_ms bigint NOT NULL DEFAULT 0;
ALTER TABLE chat_messages ADD COLUMN duration_ms bigint NOT NULL DEFAULT 0;

CREATE TABLE chat_pictures (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  chat_id text COLLATE "C" NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  content_type text COLLATE "C" NOT NULL,
  base64 text COLLATE "C" NOT NULL
);
CREATE INDEX chat_pictures_of_chat ON chat_pictures (chat_id);
`,
};
